package dev.hemline.control.models;

import dev.hemline.event.ModelState;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import picocli.CommandLine.Command;

/** {@code hemline models rollback}. */
@Command(name = "rollback", description = "Pins the version before the one that serves.")
final class RollbackCommand extends SteeringCommand {
    @Override
    String change(ModelAdmin admin) {
        PublishedVersions model = admin.model();
        InstanceReports reports = published().reports();
        int serving = PublishedModels.serving(model, reports).getVersion();
        int before = before(model, reports, serving);
        admin.pin(before, reason.isEmpty() ? "rolled back from v" + serving : reason);
        return "Rolled " + model.name() + " back from v" + serving + " to v" + before
                + ", which is pinned now; hemline models unpin goes back to the newest";
    }

    private static int before(PublishedVersions model, InstanceReports reports, int serving) {
        return model.versions().headMap(serving, false).descendingKeySet().stream()
                .filter(version ->
                        reports.of(ModelState.REFUSED, model.name(), version).isEmpty())
                .findFirst()
                .orElseThrow(() -> new UserError("There is no version of " + model.name() + " before v" + serving
                        + " that could serve; hemline models list shows what there is"));
    }
}

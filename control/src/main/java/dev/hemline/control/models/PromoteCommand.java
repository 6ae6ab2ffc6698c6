package dev.hemline.control.models;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code hemline models promote}. */
@Command(
        name = "promote",
        description = {
            "Pins the challenger: it serves, and challenges no more.",
            "",
            "Where the policy is challenger, what served before shadows it then, and is pinned again if the one that was"
                    + " promoted fails this probation.",
            ""
        })
final class PromoteCommand extends SteeringCommand {
    @Override
    String change(ModelAdmin admin) {
        PublishedVersions model = admin.model();
        int challenger = model.challenger()
                .orElseThrow(() -> new UserError(
                        model.name() + " has no challenger; hemline models challenge V makes a version one"))
                .getVersion();
        String why = reason.isEmpty() ? "promoted" : reason;
        Optional<Integer> champion = model.serving().map(ModelManifest::getVersion);
        if (model.servingPolicy() == ServingPolicy.CHALLENGER && champion.isPresent()) {
            admin.swap(challenger, champion.get(), why);
            return "Promoted " + model.name() + " v" + challenger + "; v" + champion.get()
                    + " shadows it, and serves again if that does better";
        }
        admin.promote(challenger, why);
        return "Promoted " + model.name() + " v" + challenger
                + ", which is pinned now; hemline models unpin goes back to the newest";
    }
}

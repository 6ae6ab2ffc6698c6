package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.service.UserError;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline models rollback}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Pins the version before the one that serves.")
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for those who look later.")
    String reason = "";

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        try (ModelAdmin admin = choice.steer()) {
            ModelVersions model = admin.model();
            InstanceReports reports = choice.topics().reports();
            int serving = serving(model, reports);
            int before = before(model, reports, serving);
            admin.pin(before, reason.isEmpty() ? "rolled back from v" + serving : reason);
            say("Rolled " + model.name() + " back from v" + serving + " to v" + before
                    + ", which is pinned now; hemline models unpin goes back to the newest");
            return 0;
        }
    }

    private void say(String line) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** What instances say; where none runs, what they would serve. */
    private static int serving(ModelVersions model, InstanceReports reports) {
        return reports.serving(model.name())
                .or(() -> model.pin().map(ModelAlias::getVersion))
                .or(() ->
                        model.newestFirst().stream().map(ModelVersion::version).findFirst())
                .orElseThrow(() -> new UserError("There is no version of " + model.name()));
    }

    private static int before(ModelVersions model, InstanceReports reports, int serving) {
        return model.newestFirst().stream()
                .map(ModelVersion::version)
                .filter(version -> version < serving)
                .filter(version -> reports.refused(model.name(), version).isEmpty())
                .findFirst()
                .orElseThrow(() -> new UserError("There is no version of " + model.name() + " before v" + serving
                        + " that could serve; hemline models list shows what there is"));
    }
}

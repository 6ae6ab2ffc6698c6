package dev.hemline.control.models;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline models pin}. */
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes classifiers serve one version until it is unpinned, whatever is published meanwhile.")
final class PinCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for those who look later.")
    String reason = "";

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        try (ModelAdmin admin = choice.steer()) {
            admin.pin(version, reason);
            ModelVersions model = admin.model();
            choice.topics()
                    .reports()
                    .refused(model.name(), version)
                    .forEach(refusal -> say("Mind: " + refusal.getInstance() + " refused v" + version + " ("
                            + refusal.getReason() + ") and goes on with what it serves"));
            say("Pinned " + model.name() + " v" + version);
            return 0;
        }
    }

    private void say(String line) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

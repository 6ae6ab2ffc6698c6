package dev.hemline.control.models;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline models retire}. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes a version off the topic for good; where it served, the newest remaining one does.")
final class RetireCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        try (ModelAdmin admin = choice.steer()) {
            admin.retire(version);
            say("Retired " + admin.model().name() + " v" + version + "; its number is never used again");
            return 0;
        }
    }

    private void say(String line) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

package dev.hemline.control.models;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hemline models unpin}. */
@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes classifiers serve the newest version again.")
final class UnpinCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        try (ModelAdmin admin = choice.steer()) {
            ModelVersions model = admin.model();
            if (model.pin().isEmpty()) {
                say("Nothing of " + model.name() + " is pinned");
                return 0;
            }
            admin.unpin();
            say("Unpinned " + model.name() + " v" + model.pin().get().getVersion() + "; the newest version serves");
            return 0;
        }
    }

    private void say(String line) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

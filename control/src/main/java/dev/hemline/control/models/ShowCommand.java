package dev.hemline.control.models;

import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline models show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows everything that is known about one version.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        ModelTopics topics = choice.topics();
        ModelVersions model = topics.catalog().choose(choice.name());
        ModelVersion shown = model.require(version);
        VersionRow row = VersionRow.of(model, shown, topics.reports());
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        new VersionPage(new VersionTable(ZoneId.systemDefault()))
                .lines(shown, row)
                .forEach(out::println);
        out.flush();
        return 0;
    }
}

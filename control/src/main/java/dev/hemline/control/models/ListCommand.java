package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline models list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists a model's versions, newest first, and what running classifiers do with each.",
            "",
            "SIGNED WITH is the key that the version names; whether the signature is right, classifiers with"
                    + " --trusted-keys find out.",
            ""
        })
final class ListCommand implements Callable<Integer> {
    @Mixin
    ModelChoice choice = new ModelChoice();

    @Option(names = "--json", description = "One JSON object with all of it.")
    boolean json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        ModelTopics topics = choice.topics();
        Catalog catalog = topics.catalog();
        ModelVersions model = catalog.choose(choice.name());
        InstanceReports reports = topics.reports();
        List<VersionRow> rows = model.newestFirst().stream()
                .map(version -> VersionRow.of(model, version, reports))
                .toList();
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(VersionJson.of(model, rows));
        } else {
            print(catalog, model, rows).forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private static List<String> print(Catalog catalog, ModelVersions model, List<VersionRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("Model " + model.name() + model.pin().map(ListCommand::pinned).orElse(""));
        if (catalog.models().size() > 1) {
            lines.add("There are others, see --model: "
                    + String.join(", ", catalog.models().keySet()));
        }
        lines.add("");
        lines.addAll(new VersionTable(ZoneId.systemDefault()).lines(rows));
        rows.forEach(row -> row.refusals().stream()
                .map(refusal -> "v" + row.version() + " was refused because " + refusal.message())
                .distinct()
                .forEach(lines::add));
        return lines;
    }

    private static String pinned(ModelAlias pin) {
        return ", pinned to v" + pin.getVersion() + " by " + pin.getSetBy()
                + (pin.getReason().isEmpty() ? "" : ": " + pin.getReason());
    }
}

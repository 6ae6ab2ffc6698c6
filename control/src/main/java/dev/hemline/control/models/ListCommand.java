package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.JsonFile;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hemline models list}. */
@Command(
        name = "list",
        description = {
            "Lists a model's versions, newest first, and what running classifiers do with each.",
            "",
            "SIGNED WITH is the key that the version names; whether the signature is right, classifiers with"
                    + " --trusted-keys find out.",
            ""
        })
final class ListCommand extends ModelCommand {
    @Option(names = "--json", description = "One JSON object with all of it.")
    boolean json;

    @Override
    public Integer call() {
        ModelCatalog catalog = published().catalog();
        PublishedVersions model = PublishedModels.choose(catalog, name());
        List<VersionRow> rows = VersionRow.newestFirst(model, published().reports());
        if (json) {
            say(JsonFile.text(VersionRow.Listing.of(model, rows)));
        } else {
            say(lines(catalog, model, rows));
        }
        return 0;
    }

    private static List<String> lines(ModelCatalog catalog, PublishedVersions model, List<VersionRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("Model " + model.name() + model.pin().map(ListCommand::pinned).orElse(""));
        if (catalog.models().size() > 1) {
            lines.add("There are others, see --model: "
                    + String.join(", ", catalog.models().keySet()));
        }
        lines.add("");
        lines.addAll(new VersionText(ZoneId.systemDefault()).table(rows));
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

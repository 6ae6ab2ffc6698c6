package dev.hemline.control.models;

import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.JsonFile;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hemline models list}. */
@Command(
        name = "list",
        description = {
            "Lists a model's versions, newest first, and what running classifiers do with each.",
            "",
            "SIGNED WITH is the key that the version names; with --trusted-keys only versions are listed whose"
                    + " signature is right.",
            ""
        })
final class ListCommand extends ModelCommand {
    @Option(names = "--json", description = "One JSON object with all of it.")
    boolean json;

    @Override
    public Integer call() {
        PublishedModels published = published();
        ModelCatalog catalog = published.catalog();
        InstanceReports reports = published.reports();
        PublishedVersions model = published.choose(catalog, reports, name());
        List<VersionRow> rows = VersionRow.newestFirst(model, reports);
        if (json) {
            say(JsonFile.text(VersionRow.Listing.of(model, rows)));
        } else {
            say(new VersionText(ZoneId.systemDefault())
                    .list(model, rows, catalog.models().keySet()));
            if (reports.unreadable() > 0) {
                say("Mind: " + reports.unreadable() + " records of topic model-status are no reports of instances;"
                        + " who writes there?");
            }
        }
        return 0;
    }
}

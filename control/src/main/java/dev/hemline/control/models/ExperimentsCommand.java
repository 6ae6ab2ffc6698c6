package dev.hemline.control.models;

import dev.hemline.service.JsonFile;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hemline models experiments}. */
@Command(
        name = "experiments",
        description = {
            "Shows how challengers did beside what served, on the labelled events that both answered.",
            "",
            "WON are events that the challenger alone had right, LOST those that the other one had. Before there is a"
                    + " decision, it says what is waited for: labels, evidence, or proof that a class or source is not much"
                    + " worse.",
            ""
        })
final class ExperimentsCommand extends ModelCommand {
    @Option(names = "--json", description = "One JSON object with all of it.")
    boolean json;

    @Override
    public Integer call() {
        PublishedModels published = published();
        String model = published.choose(name()).name();
        List<ExperimentRow> rows = published.experiments(model);
        if (json) {
            say(JsonFile.text(new ExperimentRow.Listing(model, rows)));
        } else if (rows.isEmpty()) {
            say("No version of " + model
                    + " has been compared with another; hemline models challenge V makes one a challenger, and"
                    + " hemline classifier --challenger runs it");
        } else {
            say(ExperimentText.table(model, rows));
        }
        return 0;
    }
}

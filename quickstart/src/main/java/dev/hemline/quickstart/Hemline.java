package dev.hemline.quickstart;

import dev.hemline.classifier.ClassifierCommand;
import dev.hemline.control.keys.KeysCommand;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.quickstart.watch.WatchCommand;
import dev.hemline.service.CommandLineApp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Every program of Hemline as a verb of one command. */
@Command(
        name = "hemline",
        mixinStandardHelpOptions = true,
        versionProvider = Hemline.Version.class,
        synopsisSubcommandLabel = "VERB",
        description = {
            "Classifies a stream of images with a model that arrives as a stream too.",
            "",
            "Images go in as events on the Kafka topic image-events, labels come out on classifications, models"
                    + " arrive on models, and what cannot be classified is put aside on image-events-dlq.",
            ""
        },
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Examples:",
            "  hemline demo                       everything on this machine, until Ctrl-C",
            "  hemline demo --seconds 120 --json summary.json",
            "                                     two minutes of it, counted and written down",
            "  hemline watch --bootstrap-servers localhost:9092",
            "                                     the results of a stream that runs elsewhere",
            "",
            "hemline VERB --help tells a verb's flags. Each can come from the environment: --rate from HEMLINE_RATE."
        },
        subcommands = {ClassifierCommand.class, WatchCommand.class, ModelsCommand.class, KeysCommand.class})
public final class Hemline {
    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new Hemline(), args));
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String built = Hemline.class.getPackage().getImplementationVersion();
            return new String[] {"hemline " + (built == null ? "(not from a jar)" : built)};
        }
    }
}

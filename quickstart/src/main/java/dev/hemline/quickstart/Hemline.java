package dev.hemline.quickstart;

import dev.hemline.control.access.RightsCommand;
import dev.hemline.control.episodes.EpisodesCommand;
import dev.hemline.control.keys.KeysCommand;
import dev.hemline.control.labellers.LabellersCommand;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.control.rejects.RejectsCommand;
import dev.hemline.control.topics.TopicsCommand;
import dev.hemline.insight.evaluate.EvaluateCommand;
import dev.hemline.insight.explore.ExploreCommand;
import dev.hemline.insight.predict.PredictCommand;
import dev.hemline.producer.ProduceCommand;
import dev.hemline.quickstart.demo.DemoCommand;
import dev.hemline.quickstart.watch.WatchCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.Verb;
import dev.hemline.testbed.child.ParentWatch;
import dev.hemline.trainer.TrainCommand;
import dev.hemline.trainer.TrainerCommand;
import dev.hemline.trainer.report.ReportCommand;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every program of Hemline as a verb of one command. */
@Command(
        name = "hemline",
        mixinStandardHelpOptions = true,
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
            "  Everything on this machine, until Ctrl-C:",
            "    hemline demo",
            "  Two minutes of it, counted and written down:",
            "    hemline demo --seconds 120 --json summary.json",
            "  The results of a stream that runs elsewhere:",
            "    hemline watch --bootstrap-servers kafka-1:9092",
            "  What there is to measure, also beside other systems:",
            "    hemline bench --help",
            "",
            "hemline VERB --help tells a verb's flags. Each can come from the environment: --rate from HEMLINE_RATE."
        })
public final class Hemline {
    private static final List<Class<?>> VERBS = List.of(
            DemoCommand.class,
            TrainerCommand.class,
            TrainCommand.class,
            ClassifierCommand.class,
            ProduceCommand.class,
            WatchCommand.class,
            ExploreCommand.class,
            ReportCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            RejectsCommand.class,
            ModelsCommand.class,
            EpisodesCommand.class,
            LabellersCommand.class,
            KeysCommand.class,
            TopicsCommand.class,
            RightsCommand.class);

    public static void main(String[] args) {
        CommandLineApp.writeFiguresAlike();
        ParentWatch.begin(System.getenv());
        System.exit(commandLine(System.getenv(), args).execute(args));
    }

    /** @param args what it will be executed with; verbs that are not named there are only good for the help page */
    public static CommandLine commandLine(Map<String, String> environment, String... args) {
        Stream<Class<?>> beyond = ServiceLoader.load(Verb.class).stream().map(ServiceLoader.Provider::type);
        return CommandLineApp.of(
                new Hemline(), Stream.concat(VERBS.stream(), beyond).toList(), environment, args);
    }
}

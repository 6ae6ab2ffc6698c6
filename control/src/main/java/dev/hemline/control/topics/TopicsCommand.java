package dev.hemline.control.topics;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicCreation.Outcome;
import dev.hemline.topic.Topics;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline topics}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Sees to the topics that all of Hemline uses.",
            "",
            "Apps make the topics they miss by themselves. This is for brokers where they may not, and for whoever wants"
                    + " all of them to be there before the first app starts.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hemline topics create --bootstrap-servers kafka-1:9092",
            "  hemline topics create --repair models"
        },
        subcommands = TopicsCommand.Create.class)
public final class TopicsCommand {

    /** {@code hemline topics create}. */
    @Command(
            name = "create",
            description =
                    "Makes every topic that is missing and says how those that are there differ from what Hemline would"
                            + " have made. Running it again changes nothing.")
    static final class Create extends BaseCommand {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--repair",
                paramLabel = "TOPIC",
                split = ",",
                description =
                        "Give this topic the settings that Hemline would have made it with, such as its cleanup policy;"
                                + " partitions stay as they are. Repeatable.")
        private List<String> repair = List.of();

        @Override
        public Integer call() {
            List<Topic<?, ?>> repaired =
                    repair.stream().<Topic<?, ?>>map(Create::topic).toList();
            List<Outcome> outcomes = KafkaTopics.create(kafka.settings(), Topics.ALL);
            if (!repaired.isEmpty()) {
                KafkaTopics.repair(kafka.settings(), repaired);
                outcomes = KafkaTopics.create(kafka.settings(), Topics.ALL);
            }
            say(outcomes.stream().map(Create::line).toList());
            return 0;
        }

        private static Topic<?, ?> topic(String name) {
            return Topics.ALL.stream()
                    .filter(topic -> topic.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--repair takes one of " + Topics.ALL + ", not '" + name + "'"));
        }

        static String line(Outcome outcome) {
            if (outcome instanceof Outcome.Differs differs) {
                return "differs     " + differs.topic() + ": " + String.join("; ", differs.differences());
            }
            if (outcome instanceof Outcome.Unusable unusable) {
                return "unusable    " + unusable.topic() + ": " + unusable.why() + "; delete it and run this again";
            }
            return (outcome instanceof Outcome.Created ? "created     " : "was there   ") + outcome.topic();
        }
    }
}

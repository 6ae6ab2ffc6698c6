package dev.hemline.control.topics;

import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicCreation.Outcome;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline topics create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description =
                "Makes every topic that is missing and says how those that are there differ from what Hemline would"
                        + " have made. Running it again changes nothing.")
final class CreateCommand implements Callable<Integer> {
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

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Topic<?, ?>> repaired =
                repair.stream().<Topic<?, ?>>map(CreateCommand::topic).toList();
        List<Outcome> outcomes = KafkaTopics.create(kafka.settings(), Topics.ALL);
        if (!repaired.isEmpty()) {
            KafkaTopics.repair(kafka.settings(), repaired);
            outcomes = KafkaTopics.create(kafka.settings(), Topics.ALL);
        }
        outcomes.forEach(outcome -> out.println(line(outcome)));
        out.flush();
        return 0;
    }

    private static Topic<?, ?> topic(String name) {
        return Topics.ALL.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--repair takes one of " + Topics.ALL + ", not '" + name + "'"));
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

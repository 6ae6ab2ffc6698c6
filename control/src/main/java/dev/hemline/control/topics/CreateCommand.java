package dev.hemline.control.topics;

import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.TopicCreation.Outcome;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        KafkaTopics.create(kafka.settings(), Topics.ALL).forEach(outcome -> out.println(line(outcome)));
        out.flush();
        return 0;
    }

    static String line(Outcome outcome) {
        if (outcome instanceof Outcome.Differs differs) {
            return "differs     " + differs.topic() + ": " + String.join("; ", differs.differences());
        }
        return (outcome instanceof Outcome.Created ? "created     " : "was there   ") + outcome.topic();
    }
}

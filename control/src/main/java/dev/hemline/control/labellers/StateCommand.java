package dev.hemline.control.labellers;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.Texts;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command by which a person says whether somebody's labels are believed. */
abstract class StateCommand extends BaseCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_CHARS = 500;

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Who labels, as their labels say in by; \"\" for all who say nothing.")
    String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever looks at the list.")
    String reason = "";

    private final LabellerState state;
    private final String told;

    /** @param told what is true of the labels from now on */
    StateCommand(LabellerState state, String told) {
        this.state = state;
        this.told = told;
    }

    @Override
    public Integer call() {
        if (reason.length() > MOST_CHARS) {
            throw new IllegalArgumentException(
                    "--reason has " + reason.length() + " characters, at most " + MOST_CHARS + " are accepted");
        }
        Labeller labeller = Labeller.newBuilder()
                .setName(name)
                .setState(state)
                .setReason(reason)
                .setBy(System.getProperty("user.name"))
                .setChangedAt(Instant.now())
                .build();
        EventChecks.fault(labeller).ifPresent(why -> {
            throw new IllegalArgumentException("No labeller can be called that: " + why);
        });
        write(labeller);
        say("Labels of " + (name.isEmpty() ? "all who give no name" : Texts.printable(name, MOST_CHARS)) + " " + told);
        return 0;
    }

    private void write(Labeller labeller) {
        KafkaSettings answering = kafka.answering();
        KafkaTopics.ensure(answering, List.of(Topics.LABELLERS));
        try (var topic = new CompactedTopic<>(answering, Topics.LABELLERS, any -> true, PATIENCE)) {
            topic.write(labeller.getName(), labeller);
        } catch (KafkaException e) {
            throw KafkaProblem.error(answering, e);
        }
    }
}

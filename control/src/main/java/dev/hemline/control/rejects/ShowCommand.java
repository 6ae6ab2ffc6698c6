package dev.hemline.control.rejects;

import dev.hemline.service.KafkaOptions;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline rejects show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows one dead letter: its headers, its event as far as it can be read, its first bytes.")
final class ShowCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "PARTITION@OFFSET", description = "The letter, as 'rejects list' names it.")
    String place = "";

    @Option(names = "--save", paramLabel = "FILE", description = "Write the event's bytes, as received, to a new file.")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        DeadLetterPlace at = DeadLetterPlace.parse(place);
        try (TopicReader reader = new TopicReader(kafka.settings())) {
            if (at.partition() >= reader.partitionCount(Topics.IMAGE_EVENTS_DLQ)) {
                throw missing(at);
            }
            var partition = new TopicPartition(Topics.IMAGE_EVENTS_DLQ.name(), at.partition());
            DeadLetter letter =
                    reader.read(partition, at.offset()).map(DeadLetter::new).orElseThrow(() -> missing(at));
            PrintWriter out = spec.commandLine().getOut();
            new DeadLetterPage(letter).lines().forEach(out::println);
            out.flush();
            if (file != null) {
                save(letter, file);
            }
        }
        return 0;
    }

    private static UserError missing(DeadLetterPlace at) {
        return new UserError("There is no letter " + at + "; it may be older than the topic's retention");
    }

    private static void save(DeadLetter letter, Path file) {
        byte[] value = letter.record().value();
        if (value == null) {
            throw new UserError("Letter " + letter.place() + " holds no value to save");
        }
        try {
            Files.write(file, value, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UserError("Cannot write --save " + file + ": " + e, e);
        }
    }
}

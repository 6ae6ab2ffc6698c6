package dev.hemline.control.rejects;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline rejects show}. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Shows one dead letter: its headers, its event as far as it can be read, its first bytes.")
final class ShowCommand extends BaseCommand {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "PARTITION@OFFSET", description = "The letter, as 'rejects list' names it.")
    String place = "";

    @Option(names = "--save", paramLabel = "FILE", description = "Write the event's bytes, as received, to a new file.")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        DeadLetter.Place at = DeadLetter.Place.parse(place);
        try (DeadLetters letters = new DeadLetters(kafka.settings())) {
            DeadLetter letter = letters.find(at)
                    .orElseThrow(() ->
                            new UserError("There is no letter " + at + "; it may be older than the topic's retention"));
            say(new DeadLetterPage(letter).lines());
            if (file != null) {
                save(letter, file);
            }
        }
        return 0;
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

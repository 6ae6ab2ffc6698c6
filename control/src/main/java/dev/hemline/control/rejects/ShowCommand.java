package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.Texts;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
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
    private static final int MAX_TEXT = 1_000;
    /** How many bytes are shown, and how many of them on a line. */
    private static final int SHOWN = 256;

    private static final int LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

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
        try (DeadLetters letters = new DeadLetters(kafka.answering())) {
            DeadLetter letter = letters.find(at)
                    .orElseThrow(() ->
                            new UserError("There is no letter " + at + "; it may be older than the topic's retention"));
            say(page(letter));
            if (file != null) {
                save(letter, file);
            }
        }
        return 0;
    }

    /** Everything about one letter. */
    static List<String> page(DeadLetter letter) {
        List<String> lines = new ArrayList<>();
        byte[] key = letter.record().key();
        lines.add(line("letter", letter.place() + ", written " + letter.time()));
        lines.add(line("key", key == null ? "(none)" : text(key)));
        lines.add("headers");
        for (Header header : letter.record().headers()) {
            String value = header.value() == null ? "(null)" : text(header.value());
            if (header.key().equals("ce_dataref")) {
                value = withoutSignature(value);
            }
            lines.add(line("  " + Texts.printable(header.key()), value));
        }
        letter.leftOut()
                .ifPresent(parts -> lines.add("left out: " + Texts.printable(parts)
                        + "; the event stands at "
                        + letter.origin().map(DeadLetter.Origin::toString).orElse("an unknown place")));
        addEvent(lines, letter);
        byte[] value = letter.record().value();
        if (value != null) {
            lines.add("value, " + value.length + " bytes" + (value.length > SHOWN ? ", the first of them" : ""));
            addBytes(lines, value);
        }
        return lines;
    }

    /** What follows a question mark may be one, and pages are pasted into tickets. */
    private static String withoutSignature(String address) {
        return address.split("\\?", 2)[0];
    }

    private static void addEvent(List<String> lines, DeadLetter letter) {
        Optional<ImageEvent> event = letter.event();
        if (event.isEmpty()) {
            lines.add("event: not readable");
            return;
        }
        ImageEvent image = event.get();
        lines.add("event");
        lines.add(line("  id", Texts.printable(image.getId(), MAX_TEXT)));
        lines.add(line("  source", Texts.printable(image.getSource(), MAX_TEXT)));
        lines.add(line("  capturedAt", image.getCapturedAt().toString()));
        lines.add(line("  format", image.getFormat().toString()));
        lines.add(line("  width x height", image.getWidth() + " x " + image.getHeight()));
        lines.add(line("  content", image.getContent().remaining() + " bytes"));
        if (image.getContentUrl() != null) {
            lines.add(line("  contentUrl", Texts.printable(withoutSignature(image.getContentUrl()), MAX_TEXT)));
        }
        if (image.getLabel() != null) {
            lines.add(line("  label", image.getLabel().toString()));
        }
    }

    /** The first bytes, sixteen a line, as numbers and as text. */
    private static void addBytes(List<String> lines, byte[] bytes) {
        int shown = Math.min(SHOWN, bytes.length);
        for (int from = 0; from < shown; from += LINE) {
            int to = Math.min(shown, from + LINE);
            String text = new String(bytes, from, to - from, ISO_8859_1).replaceAll("[^ -~]", ".");
            lines.add(String.format(Locale.ROOT, "%08x  %-47s  %s", from, HEX.formatHex(bytes, from, to), text));
        }
    }

    private static String text(byte[] bytes) {
        return Texts.printable(new String(bytes, UTF_8), MAX_TEXT);
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-32s %s", name, value);
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

package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/** Everything about one letter, for a terminal. */
record DeadLetterPage(DeadLetter letter) {
    private static final int MAX_TEXT = 1_000;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        byte[] key = letter.record().key();
        lines.add(line("letter", letter.place() + ", written " + letter.time()));
        lines.add(line("key", key == null ? "(none)" : text(key)));
        lines.add("headers");
        for (Header header : letter.record().headers()) {
            String value = header.value() == null ? "(null)" : text(header.value());
            lines.add(line("  " + Printable.of(header.key()), value));
        }
        letter.leftOut()
                .ifPresent(parts -> lines.add("left out: " + Printable.of(parts)
                        + " did not fit on the topic; the event stands at "
                        + letter.origin().map(Origin::toString).orElse("an unknown place")));
        event(lines);
        byte[] value = letter.record().value();
        if (value != null) {
            lines.add(
                    "value, " + value.length + " bytes" + (value.length > HexDump.SHOWN ? ", the first of them" : ""));
            lines.addAll(HexDump.lines(value));
        }
        return lines;
    }

    private void event(List<String> lines) {
        Optional<ImageEvent> event = letter.event();
        if (event.isEmpty()) {
            lines.add("event: not readable");
            return;
        }
        ImageEvent image = event.get();
        lines.add("event");
        lines.add(line("  id", Printable.of(image.getId(), MAX_TEXT)));
        lines.add(line("  source", Printable.of(image.getSource(), MAX_TEXT)));
        lines.add(line("  capturedAt", image.getCapturedAt().toString()));
        lines.add(line("  format", image.getFormat().toString()));
        lines.add(line("  width x height", image.getWidth() + " x " + image.getHeight()));
        lines.add(line("  content", image.getContent().remaining() + " bytes"));
        if (image.getLabel() != null) {
            lines.add(line("  label", image.getLabel().toString()));
        }
    }

    private static String text(byte[] bytes) {
        return Printable.of(new String(bytes, UTF_8), MAX_TEXT);
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-32s %s", name, value);
    }
}

package dev.hemline.control.rejects;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that choose among letters. Use as a picocli {@code @Mixin}. */
final class DeadLetterFilter {
    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only letters with this reason, for instance too-large or undecodable-image.")
    @Nullable
    String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only letters written since: 30m, 6h or 2d ago, or at 2026-03-01T12:00:00Z.")
    @Nullable
    String since;

    boolean isEmpty() {
        return reason == null && since == null;
    }

    /** The time is read once, so that a wrong one is told before anything is done. */
    Predicate<DeadLetter> predicate() {
        Instant earliest = since == null ? Instant.MIN : parse(since, Instant.now());
        return letter -> (reason == null || reason.equalsIgnoreCase(letter.reason()))
                && !letter.time().isBefore(earliest);
    }

    static Instant parse(String text, Instant now) {
        try {
            if (text.matches("\\d{1,6}[smhd]")) {
                boolean days = text.endsWith("d");
                return now.minus(Duration.parse((days ? "P" : "PT") + text.toUpperCase(Locale.ROOT)));
            }
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--since takes 30m, 6h, 2d or a time like 2026-03-01T12:00:00Z, not '" + text + "'", e);
        }
    }
}

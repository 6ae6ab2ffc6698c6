package dev.hemline.control.rejects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a list shows of a letter; without its picture, so that many fit into memory. */
record DeadLetterRow(
        Instant time,
        DeadLetterPlace place,
        String name,
        String origin,
        String reason,
        boolean replayed,
        String message) {
    static final Comparator<DeadLetterRow> BY_TIME = Comparator.comparing(DeadLetterRow::time);
    static final String HEADING = format("TIME", "LETTER", "EVENT", "FROM", "REASON", "MESSAGE");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAME_CHARS = 28;
    private static final int MESSAGE_CHARS = 120;

    static DeadLetterRow of(DeadLetter letter, boolean replayed) {
        return new DeadLetterRow(
                letter.time(),
                letter.place(),
                letter.name(),
                letter.origin().map(Origin::toString).orElse(""),
                letter.reason(),
                replayed,
                letter.message());
    }

    String line() {
        return format(
                time.truncatedTo(ChronoUnit.SECONDS).toString(),
                place.toString(),
                Printable.of(name, NAME_CHARS),
                Printable.of(origin),
                Printable.of(reason),
                (replayed ? "(replayed) " : "") + Printable.of(message, MESSAGE_CHARS));
    }

    private static String format(Object... columns) {
        return String.format(Locale.ROOT, "%-20s  %-9s  %-28s  %-22s  %-18s  %s", columns);
    }

    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", time.toString());
        fields.put("letter", place.toString());
        fields.put("event", name);
        fields.put("from", origin);
        fields.put("reason", reason);
        fields.put("replayed", replayed);
        fields.put("message", message);
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Texts can always be written as JSON", e);
        }
    }
}

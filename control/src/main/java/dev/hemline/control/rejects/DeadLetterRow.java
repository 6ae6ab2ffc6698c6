package dev.hemline.control.rejects;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.Texts;
import dev.hemline.topic.EventChecks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a list shows of a letter, by these names in JSON too; without its picture, so that many fit into memory. */
record DeadLetterRow(
        Instant time, String letter, String event, String from, String reason, boolean replayed, String message) {
    static final String HEADING = format("TIME", "LETTER", "EVENT", "FROM", "REASON", "MESSAGE");

    private static final int NAME_CHARS = 28;
    private static final int MESSAGE_CHARS = 120;
    private static final int MAX_NAME_CHARS = EventChecks.MAX_NAME_CHARS;
    private static final int MAX_REASON_CHARS = 100;
    private static final int MAX_MESSAGE_CHARS = 4_000;

    static DeadLetterRow of(DeadLetter letter, boolean replayed) {
        return new DeadLetterRow(
                letter.time(),
                letter.place().toString(),
                shortened(letter.name(), MAX_NAME_CHARS),
                letter.origin().map(DeadLetter.Origin::toString).orElse(""),
                shortened(letter.reason(), MAX_REASON_CHARS),
                replayed,
                shortened(letter.message(), MAX_MESSAGE_CHARS));
    }

    /** Many rows are kept, and headers are whatever somebody wrote. */
    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    String line() {
        return format(
                time.truncatedTo(ChronoUnit.SECONDS).toString(),
                letter,
                Texts.printable(event, NAME_CHARS),
                Texts.printable(from),
                Texts.printable(reason),
                (replayed ? "(replayed) " : "") + Texts.printable(message, MESSAGE_CHARS));
    }

    private static String format(Object... columns) {
        return String.format(Locale.ROOT, "%-20s  %-9s  %-28s  %-22s  %-18s  %s", columns);
    }

    /** How many letters there are of each reason, the most frequent first. */
    static final class Counts {
        /** Ours are about ten; letters of other programs may have any. */
        private static final int MOST_REASONS = 100;

        private final Map<String, Long> byReason = new TreeMap<>();
        private long letters;
        private long replayed;

        void add(DeadLetterRow row) {
            boolean known = byReason.containsKey(row.reason()) || byReason.size() < MOST_REASONS;
            byReason.merge(known ? row.reason() : "other reasons", 1L, Long::sum);
            letters++;
            replayed += row.replayed() ? 1 : 0;
        }

        @Override
        public String toString() {
            if (letters == 0) {
                return "No dead letters";
            }
            return letters + (letters == 1 ? " dead letter: " : " dead letters: ")
                    + byReason.entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                            .map(entry -> entry.getValue() + " " + Texts.printable(entry.getKey()))
                            .collect(joining(", "))
                    + "; " + replayed + " replayed";
        }
    }
}

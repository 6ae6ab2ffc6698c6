package dev.hemline.control.rejects;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How many letters there are of each reason, the most frequent first. */
final class ReasonCounts {
    private final Map<String, Long> byReason = new TreeMap<>();
    private long letters;
    private long replayed;

    void add(DeadLetterRow row) {
        byReason.merge(row.reason(), 1L, Long::sum);
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
                        .map(entry -> entry.getValue() + " " + Printable.of(entry.getKey()))
                        .collect(joining(", "))
                + "; " + replayed + " replayed";
    }
}

package dev.hemline.benchmarks.refresh;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.producer.Drift;
import dev.hemline.producer.Drift.Kind;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What befalls pictures, all of them and at once.
 *
 * @param name {@code KIND[:STRENGTH]}, as it was given
 */
record Change(String name, Corruption corruption) {
    /** A mix of classes leaves pictures alone. */
    private static final List<String> KINDS = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.MIX)
            .map(Kind::toString)
            .toList();

    private static final Pattern FORM = Pattern.compile(
            "(?:" + String.join("|", KINDS) + ")(?::-?\\d{1,9}(?:\\.\\d{1,9})?)?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads {@code KIND[:STRENGTH]}.
     *
     * @throws IllegalArgumentException naming the flag and what it takes
     */
    static Change parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("--changes takes KIND[:STRENGTH], for instance invert or noise:25, not '"
                    + text + "'; kinds are " + String.join(", ", KINDS));
        }
        try {
            return new Change(text, Drift.parse(text + "@0").corruptionAt(Duration.ZERO));
        } catch (IllegalArgumentException e) {
            // It is too strong or too weak, which is told by the flag of hemline produce.
            throw new IllegalArgumentException(String.valueOf(e.getMessage()).replaceFirst("--drift", "--changes"), e);
        }
    }
}

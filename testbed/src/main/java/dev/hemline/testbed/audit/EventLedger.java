package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.apache.avro.SchemaNormalization;

/**
 * One line per event: how often it was sent, how many outcomes it has, its true label. A line takes 12 bytes, so a few
 * million events fit beside everything else: names are kept as 64-bit fingerprints, of which two among ten million agree
 * with a probability of about 3 in a million. Counts stop at 255.
 */
final class EventLedger {
    /** A line's fields: sent, outcomes, label + 1, a byte each. */
    private static final int SENT = 0;

    private static final int OUTCOMES = 8;
    private static final int LABEL = 16;
    private static final int MAX = 0xFF;

    private final LongIntTable lines = new LongIntTable();

    void sent(String id) {
        update(id, line -> increment(line, SENT));
    }

    /** Labels above 253 are not kept. */
    void labelled(String id, int label) {
        if (label >= 0 && label < MAX - 1) {
            update(id, line -> with(line, LABEL, label + 1));
        }
    }

    /** @return whether the event is one of those sent; outcomes of others are not kept */
    boolean outcome(String id) {
        if (!knows(id)) {
            return false;
        }
        update(id, line -> increment(line, OUTCOMES));
        return true;
    }

    /** Whether an event of that name was sent. */
    boolean knows(String id) {
        return field(lines.get(fingerprint(id)), SENT) > 0;
    }

    OptionalInt label(String id) {
        int label = field(lines.get(fingerprint(id)), LABEL);
        return label == 0 ? OptionalInt.empty() : OptionalInt.of(label - 1);
    }

    /** How many sent events have no outcome. */
    long missing() {
        return lines.sum(line -> Math.max(0, field(line, SENT) - field(line, OUTCOMES)));
    }

    /** How many outcomes there are beyond one per sent event. */
    long duplicated() {
        return lines.sum(line -> Math.max(0, field(line, OUTCOMES) - field(line, SENT)));
    }

    private void update(String id, IntUnaryOperator change) {
        lines.update(fingerprint(id), change);
    }

    static long fingerprint(String id) {
        return SchemaNormalization.fingerprint64(id.getBytes(UTF_8));
    }

    private static int field(int line, int field) {
        return (line >>> field) & MAX;
    }

    private static int with(int line, int field, int value) {
        return (line & ~(MAX << field)) | (value << field);
    }

    private static int increment(int line, int field) {
        return with(line, field, Math.min(MAX, field(line, field) + 1));
    }
}

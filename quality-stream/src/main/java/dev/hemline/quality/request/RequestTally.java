package dev.hemline.quality.request;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Labels that were asked for by lot and came, each with the weight of the events that it stands for: one over the probability
 * with which it was drawn.
 *
 * @param labels how many
 * @param weight of all
 * @param squares of the weights, added up
 * @param correct weight of those whose result was right
 */
public record RequestTally(long labels, double weight, double squares, double correct) {
    public static final RequestTally NONE = new RequestTally(0, 0, 0, 0);

    static final Serde<RequestTally> SERDE = Serdes.serdeFrom(
            (topic, tally) -> tally == null ? null : tally.bytes(), (topic, bytes) -> RequestTally.read(bytes));

    RequestTally plus(double inclusion, boolean right) {
        double one = 1 / inclusion;
        return new RequestTally(labels + 1, weight + one, squares + one * one, correct + (right ? one : 0));
    }

    /** A label turned out otherwise. */
    RequestTally corrected(double inclusion, boolean wasRight, boolean isRight) {
        double one = 1 / inclusion;
        double now = correct + (isRight ? one : 0) - (wasRight ? one : 0);
        return new RequestTally(labels, weight, squares, Math.max(0, Math.min(weight, now)));
    }

    /** Those of two partitions together. */
    public RequestTally plus(RequestTally other) {
        return new RequestTally(
                labels + other.labels, weight + other.weight, squares + other.squares, correct + other.correct);
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(labels)
                .putDouble(weight)
                .putDouble(squares)
                .putDouble(correct)
                .array();
    }

    /** Null for bytes that are none: anybody may have written to the changelog. */
    private static @Nullable RequestTally read(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != 4 * Long.BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var read = new RequestTally(in.getLong(), in.getDouble(), in.getDouble(), in.getDouble());
        return read.plausible() ? read : null;
    }

    /** Whether it can have been counted. */
    public boolean plausible() {
        return labels >= 0
                && weight >= labels
                && squares >= weight
                && correct >= 0
                && correct <= weight
                && Double.isFinite(squares);
    }
}

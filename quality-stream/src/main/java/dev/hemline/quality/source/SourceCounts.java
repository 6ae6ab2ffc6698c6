package dev.hemline.quality.source;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was counted of one source.
 *
 * @param results of all events, whether their labels have come or not
 * @param scored those whose label is known
 * @param correct those that met it
 * @param confidence the sum over all results
 */
public record SourceCounts(long results, long scored, long correct, double confidence) {
    public static final SourceCounts NONE = new SourceCounts(0, 0, 0, 0);

    /** Somebody may have written more; with that nothing could be added up. */
    private static final long MOST = 1L << 50;

    private static final int BYTES = 4 * Long.BYTES;

    /** @throws IllegalArgumentException if nothing can have been counted so */
    public SourceCounts {
        boolean possible = 0 <= correct && correct <= scored && scored <= results;
        // A confidence may be a little above 1, as numbers of 32 bits are.
        if (!possible || !(confidence >= 0 && confidence <= 1.01 * results)) {
            throw new IllegalArgumentException("What should be counts of a source are none");
        }
    }

    public SourceCounts plus(SourceCounts other) {
        return new SourceCounts(
                results + other.results, scored + other.scored, correct + other.correct, confidence + other.confidence);
    }

    /** One result more. */
    public SourceCounts plusResult(double itsConfidence) {
        return new SourceCounts(results + 1, scored, correct, confidence + itsConfidence);
    }

    /**
     * One of the results was judged.
     *
     * @param rightBefore what its former label had made of it; null where this is the first
     */
    public SourceCounts judged(boolean right, @Nullable Boolean rightBefore) {
        long scoredNow = Math.min(results, scored + (rightBefore == null ? 1 : 0));
        int more = (right ? 1 : 0) - (Boolean.TRUE.equals(rightBefore) ? 1 : 0);
        // What was judged with the rest may be judged again after its source has got a name.
        return new SourceCounts(results, scoredNow, Math.max(0, Math.min(scoredNow, correct + more)), confidence);
    }

    /** For {@link #of}. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(results)
                .putLong(scored)
                .putLong(correct)
                .putDouble(confidence)
                .array();
    }

    /** As they were written; empty where there are none, or what is there is nothing of the kind. */
    public static Optional<SourceCounts> of(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        try {
            var counts = new SourceCounts(from.getLong(), from.getLong(), from.getLong(), from.getDouble());
            return Optional.of(counts).filter(found -> found.results <= MOST);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.topic.EventShare;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A picture of live traffic, what a model made of it, and what it shows.
 *
 * @param label the true class, an index into the model's labels
 * @param by who found it out
 * @param arrivedAt when that came, by the brokers' clock: whoever labels may write any time of their own
 * @param reason why it was asked for; null if nobody did
 */
public record LabelledSample(
        Sample sample,
        int label,
        String by,
        Instant labelledAt,
        Instant arrivedAt,
        @Nullable RequestReason reason) {
    /** The same ones everywhere and always, so that none is ever learnt from. */
    private static final EventShare VALIDATION = new EventShare("reservoir-validation", 0.2);

    private static final int MOST_CHARS_OF_A_LABELLER = 100;

    static LabelledSample of(Sample sample, GroundTruth truth, Instant arrivedAt, @Nullable RequestReason reason) {
        String by = truth.getBy();
        return new LabelledSample(
                sample,
                truth.getLabel(),
                by.substring(0, Math.min(by.length(), MOST_CHARS_OF_A_LABELLER)),
                truth.getLabelledAt(),
                arrivedAt,
                reason);
    }

    /** The event's id. */
    public String id() {
        return sample.getId();
    }

    /** Whether it is for validation: one in five, by a hash of the id. */
    public boolean isHeldOut() {
        return isHeldOut(sample);
    }

    /** Whether it would be, if it had a label. */
    public static boolean isHeldOut(Sample sample) {
        return VALIDATION.has(sample.getId());
    }

    /** The class that the model gave. */
    public int predicted() {
        return Probabilities.mostLikely(probabilities());
    }

    /** How sure the model was of that, 0 to 1. */
    public double confidence() {
        return probabilities()[predicted()];
    }

    /** Whether the model was right. */
    public boolean isRight() {
        return predicted() == label;
    }

    private float[] probabilities() {
        float[] row = new float[sample.getProbabilities().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = sample.getProbabilities().get(i);
        }
        return row;
    }
}

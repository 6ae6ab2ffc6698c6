package dev.hemline.trainer.reservoir;

import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.topic.EventShare;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A picture of live traffic, what a model made of it, and what it shows.
 *
 * @param label the true class, an index into the model's labels
 * @param by who found it out; the last one, where several say so
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

    /** Whether the model was right. */
    public boolean isRight() {
        return Answer.of(sample).label() == label;
    }
}

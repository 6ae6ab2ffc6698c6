package dev.hemline.classifier.outcome;

import dev.hemline.event.Classification;
import dev.hemline.event.Sample;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one image event: every event has exactly one outcome of those whose answers count. */
public sealed interface Outcome {
    /**
     * The model answered.
     *
     * @param sample the picture as the model saw it; null for most events
     */
    record Classified(
            Classification classification, @Nullable Sample sample) implements Outcome {
        public Classified(Classification classification) {
            this(classification, null);
        }

        /**
         * Milliseconds from an event's capture to its result. Senders' clocks are not ours, and some send microseconds or
         * year 1: what cannot be is the nearest that can.
         *
         * @param longest that can be
         */
        public long latencyMillis(Duration longest) {
            return (long) Math.max(0, Math.min((double) longest.toMillis(), millis()));
        }

        /** Whether capture and result are that close to each other, whichever is said to be first. */
        public boolean isWithin(Duration longest) {
            return Math.abs(millis()) < longest.toMillis();
        }

        private double millis() {
            return (double) classification.getClassifiedAt().toEpochMilli()
                    - classification.getCapturedAt().toEpochMilli();
        }
    }

    /** A challenger was not asked about it; there is nothing to tell anybody. */
    record Skipped() implements Outcome {}

    /**
     * The event cannot be classified, whatever the model; it goes to the dead-letter topic.
     *
     * @param message a sentence that tells the sender what to change
     * @param event its bytes as received; null if they were null, or nobody may have them
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    record Rejected(Rejection reason, String message, Class<? extends Throwable> exception, byte @Nullable [] event)
            implements Outcome {
        public static Rejected because(Rejection reason, Throwable cause, byte @Nullable [] event) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            return new Rejected(reason, message, cause.getClass(), event);
        }
    }
}

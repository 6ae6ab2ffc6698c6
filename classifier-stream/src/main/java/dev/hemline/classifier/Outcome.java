package dev.hemline.classifier;

import dev.hemline.event.Classification;

/** What became of one image event: every event has exactly one outcome. */
public sealed interface Outcome {
    /** The model answered. */
    record Classified(Classification classification) implements Outcome {}

    /** The event cannot be classified, whatever the model; it goes to the dead-letter topic. */
    record Rejected(Rejection reason, String message, Class<? extends Throwable> exception) implements Outcome {
        public static Rejected because(Rejection reason, Throwable cause) {
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            return new Rejected(reason, message, cause.getClass());
        }
    }
}

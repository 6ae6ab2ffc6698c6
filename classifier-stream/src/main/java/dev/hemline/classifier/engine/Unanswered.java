package dev.hemline.classifier.engine;

import dev.hemline.topic.Rejection;

/** What becomes of events that a model does not answer. Thread-safe. */
interface Unanswered {
    /** That is what comes of them. */
    Unanswered FINAL = new Unanswered() {
        @Override
        public void rejected(Job job, Rejection reason, Exception cause) {
            job.reject(reason, cause);
        }

        @Override
        public void failed(Job job, Throwable cause) {
            job.outcome().completeExceptionally(cause);
        }
    };

    /** The event is to blame, as far as this model can tell. */
    void rejected(Job job, Rejection reason, Exception cause);

    /** The machine is to blame, or the model itself. */
    void failed(Job job, Throwable cause);
}

package dev.hemline.service.trace;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What is told of one record on its way, by one thread at a time. */
public interface RecordTrace {
    /** Of a record that nobody follows. */
    RecordTrace NONE = new RecordTrace() {};

    /** What a record waits for or goes through. */
    enum Step {
        WAIT,
        DECODE,
        INFERENCE,
        COMMIT;
    }

    /** What was made current is so no more. */
    interface Scope extends AutoCloseable {
        Scope NONE = () -> {};

        @Override
        void close();
    }

    /** A step begins; the one before has ended by then. */
    default void begins(Step step) {}

    /** The step that began last ends. */
    default void ends() {}

    /** What is measured on this thread until the scope is closed is measured for this record, and may be its example. */
    default Scope makeCurrent() {
        return Scope.NONE;
    }

    /** The headers with which what comes of the record travels on, under this trace; the record's own if nobody follows it. */
    default Headers carriedOn(Headers headers) {
        return headers;
    }

    /**
     * What came of it is on its way, and will be told of when this thread's transaction is committed.
     *
     * @param rejection why it was rejected, as a short code; null where it was answered
     */
    default void forwarded(@Nullable String rejection) {}
}

package dev.hemline.service.streams;

import org.apache.kafka.common.errors.InvalidTxnStateException;

/**
 * The one way to lose a transaction that ends a stream thread. Brokers abort a transaction that took too long, because a
 * machine stood still or a broker was gone. Mostly a producer hears that it was fenced, and Kafka Streams begins again by
 * itself; one that commits just then is told of an invalid state instead, which Kafka Streams takes for a bug. What it lost is
 * not committed, and another thread does it again.
 */
public final class LostTransaction {
    private LostTransaction() {}

    /** Whether that is what a thread died of, so that another one may take its place. */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }
}

package dev.hemline.image;

import java.util.concurrent.Semaphore;

/**
 * How much memory decoding may take at once, whichever threads do it: so that it is bounded by what there is, not by the
 * largest picture times the number of threads. Small pictures hardly ever wait. Thread-safe.
 */
final class MemoryBudget {
    /** The heap is one, so all decoders of a program share one budget; events, batches, models and Kafka have the rest. */
    static final int SHARE_OF_HEAP = 2;

    static final MemoryBudget OF_HEAP = new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    /** Permits are counted in {@code int}; a permit is a KiB. */
    private static final int UNIT_BITS = 10;

    private final long total;
    private final Semaphore free;

    /** @param total in bytes, at least a KiB */
    MemoryBudget(long total) {
        this.total = total;
        this.free = new Semaphore((int) Math.min(Integer.MAX_VALUE, total >> UNIT_BITS), true);
    }

    /** In bytes. */
    long total() {
        return total;
    }

    /**
     * Waits until so many bytes may be taken; whoever waits longest goes first.
     *
     * @param bytes at most {@link #total}
     */
    Share take(long bytes) {
        int share = (int) Math.min(total >> UNIT_BITS, 1 + (bytes >> UNIT_BITS));
        free.acquireUninterruptibly(share);
        return () -> free.release(share);
    }

    /** What is taken now, in whole KiB. */
    int takenKib() {
        return (int) Math.min(Integer.MAX_VALUE, total >> UNIT_BITS) - free.availablePermits();
    }

    /** To be given back once. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }
}

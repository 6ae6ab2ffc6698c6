package dev.hemline.image;

import java.util.concurrent.Semaphore;

/**
 * How many pixels may be decoded at once, whichever threads do it: so that memory is bounded by the size of the largest
 * pictures, not by that times the number of threads. Small pictures hardly ever wait. Thread-safe.
 */
final class PixelBudget {
    private final int total;
    private final Semaphore free;

    /** @param total at least 1 */
    PixelBudget(int total) {
        this.total = total;
        this.free = new Semaphore(total, true);
    }

    /** Waits until that many pixels may be decoded; whoever waits longest goes first. A larger picture takes all there is. */
    Share take(long pixels) {
        int share = (int) Math.max(1, Math.min(pixels, total));
        free.acquireUninterruptibly(share);
        return () -> free.release(share);
    }

    /** What is being decoded now, in pixels. */
    int taken() {
        return total - free.availablePermits();
    }

    /** To be given back once. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }
}

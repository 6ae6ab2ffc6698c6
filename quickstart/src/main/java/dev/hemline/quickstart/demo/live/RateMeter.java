package dev.hemline.quickstart.demo.live;

import java.time.Instant;

/** How many a second, over the last five seconds. */
final class RateMeter {
    private static final int SECONDS = 5;

    /** One slot per second and one for the second under way. */
    private final long[] counts = new long[SECONDS + 1];

    private final long[] ofSecond = new long[SECONDS + 1];

    void mark(Instant now) {
        long second = now.getEpochSecond();
        int slot = Math.floorMod(second, counts.length);
        if (ofSecond[slot] != second) {
            ofSecond[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    double perSecond(Instant now) {
        long second = now.getEpochSecond();
        long sum = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            boolean whole = ofSecond[slot] < second && ofSecond[slot] >= second - SECONDS;
            sum += whole ? counts[slot] : 0;
        }
        return (double) sum / SECONDS;
    }
}

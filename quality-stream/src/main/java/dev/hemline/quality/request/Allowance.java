package dev.hemline.quality.request;

/** So many a minute, saved up for a minute, or until it is enough for one. For one thread. */
final class Allowance {
    private static final double MINUTE_MILLIS = 60_000;

    private final double perMinute;
    private double saved;
    private long savedAt;

    /** Nothing is saved at the start, so that who starts again and again does not spend more. */
    Allowance(double perMinute, long now) {
        this.perMinute = perMinute;
        this.savedAt = now;
    }

    /** The most that {@link #whole} ever gives. */
    int most() {
        return perMinute == 0 ? 0 : Math.max(1, (int) Math.min(1e6, perMinute));
    }

    int whole(long now) {
        saved = Math.min(Math.max(1, perMinute), saved + Math.max(0, now - savedAt) / MINUTE_MILLIS * perMinute);
        savedAt = now;
        return Math.min(most(), (int) saved);
    }

    void spend(int count) {
        saved -= count;
    }
}

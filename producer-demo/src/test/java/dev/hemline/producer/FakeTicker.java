package dev.hemline.producer;

/** Time that passes only when somebody sleeps, and then exactly. */
final class FakeTicker implements Ticker {

    private long now = -5_000_000_000L;
    private Runnable whileAsleep = () -> {};

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void sleep(long nanos) {
        now += nanos;
        whileAsleep.run();
    }

    /** Something that happens during each sleep. */
    void whileAsleep(Runnable event) {
        whileAsleep = event;
    }

    void passMillis(long millis) {
        now += millis * 1_000_000;
    }
}

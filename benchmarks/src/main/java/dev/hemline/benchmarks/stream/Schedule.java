package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.runner.Lines;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When each event of a load is due, whatever became of those before it, and its id: {@code hemline-0-3-00000042}.
 *
 * @param load its name, unlike any other's
 * @param rate events per second, evenly spaced
 * @param settling the time at the beginning whose events do not count
 * @param counted the time after it
 */
record Schedule(String load, double rate, Duration settling, Duration counted) {
    private static final double NANOS = 1e9;
    private static final int DIGITS = 8;

    int events() {
        return Math.max(1, (int) Math.round(rate * (settling.toNanos() + counted.toNanos()) / NANOS));
    }

    /**
     * Time from the beginning.
     *
     * @param event 0, 1, 2, …
     */
    Duration due(int event) {
        return Duration.ofNanos(Math.round(event / rate * NANOS));
    }

    boolean counts(int event) {
        return due(event).compareTo(settling) >= 0;
    }

    /** So many moments in the time that counts, each in the middle of its share of it. */
    List<Duration> moments(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> settling.plus(counted.multipliedBy(2L * i + 1).dividedBy(2L * count)))
                .toList();
    }

    String id(int event) {
        return Lines.text("%s-%0" + DIGITS + "d", load, event);
    }

    boolean has(String id) {
        return id.length() == load.length() + 1 + DIGITS && id.startsWith(load) && id.charAt(load.length()) == '-';
    }

    /** @param id one of these */
    int event(String id) {
        return Integer.parseInt(id, load.length() + 1, id.length(), 10);
    }
}

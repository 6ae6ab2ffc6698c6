package dev.hemline.quickstart.demo.live;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** How many results were right, by the second in which they were given and by version. Not for several threads. */
public final class AccuracyCourse {
    /** A day. */
    private static final int MOST_SECONDS = 86_400;

    private final NavigableMap<Long, NavigableMap<Integer, long[]>> seconds = new TreeMap<>();

    void add(Instant at, int version, boolean right) {
        long[] counts = seconds.computeIfAbsent(at.getEpochSecond(), second -> new TreeMap<>())
                .computeIfAbsent(version, unknown -> new long[2]);
        counts[0]++;
        counts[1] += right ? 1 : 0;
        if (seconds.size() > MOST_SECONDS) {
            seconds.pollFirstEntry();
        }
    }

    AccuracyCourse copy() {
        var copy = new AccuracyCourse();
        seconds.forEach((second, versions) -> {
            NavigableMap<Integer, long[]> counts = new TreeMap<>();
            versions.forEach((version, count) -> counts.put(version, count.clone()));
            copy.seconds.put(second, counts);
        });
        return copy;
    }

    /** The end of the last second in which there was a result; the beginning of time without any. */
    public Instant end() {
        return seconds.isEmpty() ? Instant.EPOCH : Instant.ofEpochSecond(seconds.lastKey() + 1);
    }

    /** The share of right results from one time to before another, 0 to 1; empty without any. */
    public OptionalDouble between(Instant from, Instant to) {
        return between(from, to, version -> true);
    }

    /** The same of some versions. */
    public OptionalDouble between(Instant from, Instant to, IntPredicate versions) {
        if (!from.isBefore(to)) {
            return OptionalDouble.empty();
        }
        long all = 0;
        long right = 0;
        for (var second :
                seconds.subMap(from.getEpochSecond(), to.getEpochSecond()).values()) {
            for (var version : second.entrySet()) {
                if (versions.test(version.getKey())) {
                    all += version.getValue()[0];
                    right += version.getValue()[1];
                }
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
    }
}

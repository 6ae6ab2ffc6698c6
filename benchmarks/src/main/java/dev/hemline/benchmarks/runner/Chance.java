package dev.hemline.benchmarks.runner;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What chance is drawn from, so that the same seed gives the same figures on any machine. */
public record Chance(long seed) {
    private static final long APART = 0x9E3779B97F4A7C15L;

    /** One time of many. */
    @FunctionalInterface
    public interface Trial<T> {
        T once(RandomGenerator random);
    }

    /** Tries something so many times, on all processors; each time has a chance of its own. */
    public <T> List<T> tried(int times, String what, Trial<T> trial) {
        return IntStream.range(0, times)
                .parallel()
                .mapToObj(time -> trial.once(random(what, time)))
                .toList();
    }

    public RandomGenerator random(String what, int time) {
        return new SplittableRandom(seed * APART + what.hashCode() * 31L + time).split();
    }
}

package dev.hemline.benchmarks.swaps;

import dev.hemline.benchmarks.runner.ProcessFigures;
import dev.hemline.benchmarks.swaps.SwapsReport.NativeMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a process ten times a second and tells what its memory did. */
final class MemoryWatch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    private final ProcessFigures process;
    private final long heap;
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** @param bytes resident beyond the heap */
    record Sample(Instant at, long bytes) {}

    /** @param heap bytes of the process's heap, all of them resident from its start */
    MemoryWatch(ProcessFigures process, long heap) {
        this.process = process;
        this.heap = heap;
    }

    void start() {
        var unused = thread.scheduleAtFixedRate(this::look, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        var sample = new Sample(Instant.now(), process.residentBytes() - heap);
        synchronized (samples) {
            samples.add(sample);
        }
    }

    /** Compares two spans of time; the end of each is included. */
    NativeMemory compare(Instant from, Instant until, Instant lateFrom, Instant lateUntil) {
        synchronized (samples) {
            return of(samples, from, until, lateFrom, lateUntil);
        }
    }

    static NativeMemory of(List<Sample> samples, Instant from, Instant until, Instant lateFrom, Instant lateUntil) {
        long highest = samples.stream().mapToLong(Sample::bytes).max().orElseThrow();
        return new NativeMemory(median(samples, from, until), median(samples, lateFrom, lateUntil), highest);
    }

    private static long median(List<Sample> samples, Instant from, Instant until) {
        long[] bytes = samples.stream()
                .filter(sample -> sample.at().isAfter(from) && !sample.at().isAfter(until))
                .mapToLong(Sample::bytes)
                .sorted()
                .toArray();
        if (bytes.length == 0) {
            throw new IllegalArgumentException("no sample between " + from + " and " + until);
        }
        return bytes[bytes.length / 2];
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

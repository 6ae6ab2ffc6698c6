package dev.hemline.benchmarks.stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.runner.Report;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param swaps model versions that took over from the one before
 * @param seconds until the last event was done with
 * @param eventsPerSecond on the whole
 * @param samples what trends are taken from, warm-up left out
 * @param nativeBytes resident beyond the heap
 * @param threads of the classifier's process
 * @param handles open files and sockets
 * @param stateBytes of its local state on disk
 * @param curve some of all samples, warm-up included, evenly apart: to draw, or to see what a line does not say
 */
record SoakReport(
        @JsonUnwrapped Outcomes outcomes,
        int swaps,
        double seconds,
        double eventsPerSecond,
        int samples,
        Trend nativeBytes,
        Trend threads,
        Trend handles,
        Trend stateBytes,
        List<Sample> curve)
        implements Report {

    /** The share of the events in which compilers, allocators and caches settle; it is left out of the trends. */
    private static final double WARM_UP = 0.25;

    private static final int POINTS = 100;

    /**
     * What the classifier's process held at one moment.
     *
     * @param events image events that it was done with
     * @param nativeBytes resident beyond its heap, which is all resident from the start
     * @param handles open files and sockets
     * @param stateBytes of its folder of local state
     */
    record Sample(long events, long nativeBytes, long threads, long handles, long stateBytes) {}

    /** @param samples all that were taken, in their order */
    static SoakReport of(Outcomes outcomes, int swaps, double seconds, List<Sample> samples) {
        List<Sample> warm = samples.stream()
                .filter(sample -> sample.events() >= outcomes.sent() * WARM_UP)
                .toList();
        return new SoakReport(
                outcomes,
                swaps,
                seconds,
                outcomes.sent() / seconds,
                warm.size(),
                Trend.of(warm, Sample::nativeBytes),
                Trend.of(warm, Sample::threads),
                Trend.of(warm, Sample::handles),
                Trend.of(warm, Sample::stateBytes),
                curve(samples));
    }

    private static List<Sample> curve(List<Sample> samples) {
        int step = Math.max(1, samples.size() / POINTS);
        return IntStream.iterate(step - 1, i -> i < samples.size(), i -> i + step)
                .mapToObj(samples::get)
                .toList();
    }

    @Override
    public boolean passed() {
        return outcomes.exactlyOnce();
    }
}

package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file. Latencies are milliseconds from when an event was due to when a
 * reader had its result.
 *
 * @param model that classified
 * @param rounds in each, every contender had one turn
 * @param seconds that each load lasted and that count
 * @param processors that this machine has, for broker, sender, readers and contender together
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param capacities events a second that each contender is able to work off, by its title
 * @param rows load by load, the lightest first
 * @param comparisons load by load
 * @param otherLabels the most labels in any turn that are others than an image got first
 */
record LatencyReport(
        PeerModel model,
        int rounds,
        double seconds,
        int processors,
        double loadBefore,
        Map<String, Double> capacities,
        List<Row> rows,
        List<Comparison> comparisons,
        long otherLabels) {

    /**
     * A contender under a load.
     *
     * @param load whose capacity it was made from, and what share of it
     * @param swaps how often another model version took over, in the round where that was least often
     * @param behind rounds in which more than a second's events were still waiting at the end
     * @param committed null where the load is more than the contender is able to work off
     * @param uncommitted for readers that do not wait for transactions; null where the other is
     * @param senderLateMillis how late the sender handed on 99 of 100 events at most, in the worst round
     */
    record Row(
            String load,
            double eventsPerSecond,
            String contender,
            boolean withSwaps,
            int swaps,
            int behind,
            @Nullable Quantiles committed,
            @Nullable Quantiles uncommitted,
            double senderLateMillis) {}

    /** Over the rounds, in milliseconds. */
    record Quantiles(Spread p50, Spread p99, Spread p999, Spread max) {}

    /**
     * The first contender's p99 divided by another's under the same load, round by round; without swaps.
     *
     * @param rounds in which both kept up; the others tell nothing but how long the queue was let grow
     * @param committed for readers that wait for transactions
     * @param uncommitted for those that do not
     */
    record Comparison(
            String load,
            double eventsPerSecond,
            String name,
            String to,
            int rounds,
            Spread committed,
            Spread uncommitted) {}
}

package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param model that classified
 * @param guarantee that every contender gives
 * @param events in the backlog; the first fifth does not count
 * @param rounds that count
 * @param threads that classify, in every contender
 * @param processors that this machine has, for broker and classifier together
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param bareMicros processor time of the archive's inference alone, in batches, per image
 * @param rows one for each contender
 * @param ratios of events a second, the first contender to each of the others
 */
record StreamReport(
        PeerModel model,
        Guarantee guarantee,
        int events,
        int rounds,
        int threads,
        int processors,
        double loadBefore,
        Spread bareMicros,
        List<Row> rows,
        List<Ratio> ratios) {

    /**
     * A contender.
     *
     * @param eventsPerSecond over its turns
     * @param processorMicros of its process, per event
     * @param efficiency the archive's bare inference as a share of that
     * @param otherLabels events that it labels otherwise than the first contender
     */
    record Row(String contender, Speed eventsPerSecond, Spread processorMicros, double efficiency, long otherLabels) {}
}

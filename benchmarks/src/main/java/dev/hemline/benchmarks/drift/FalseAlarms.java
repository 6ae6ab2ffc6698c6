package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Protocol.Halves;
import dev.hemline.benchmarks.drift.WatchedStream.Alarm;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import java.util.List;

/**
 * Alarms while nothing changes: all of them false.
 *
 * @param results of each stream
 * @param streams each with halves of its own
 * @param afterSwap what came in the first results of new versions
 */
record FalseAlarms(int results, List<Counts> streams, int resultsAfterSwap, List<Counts> afterSwap) {
    private static final int AFTER_SWAP = 100_000;
    private static final int SWAPS = 20;

    /** Of one stream, by what was compared and what was blamed. */
    record Counts(int picturesByValidation, int picturesByLive, int mixByValidation, int mixByLive) {
        private static Counts of(List<Alarm> alarms) {
            return new Counts(
                    count(alarms, DriftKind.PICTURES, DriftReference.VALIDATION),
                    count(alarms, DriftKind.PICTURES, DriftReference.LIVE),
                    count(alarms, DriftKind.MIX, DriftReference.VALIDATION),
                    count(alarms, DriftKind.MIX, DriftReference.LIVE));
        }

        private static int count(List<Alarm> alarms, DriftKind kind, DriftReference reference) {
            return (int) alarms.stream()
                    .filter(alarm -> alarm.kind() == kind && alarm.reference() == reference)
                    .count();
        }

        int pictures() {
            return picturesByValidation + picturesByLive;
        }

        int mix() {
            return mixByValidation + mixByLive;
        }
    }

    /**
     * Counts.
     *
     * @param results of each stream
     */
    static FalseAlarms of(List<Result> originals, int results, int streams, Protocol protocol) {
        int afterSwap = Math.min(results, AFTER_SWAP);
        return new FalseAlarms(
                results,
                undrifted("undrifted", originals, results, streams, protocol),
                afterSwap,
                undrifted("swap", originals, afterSwap, SWAPS, protocol));
    }

    private static List<Counts> undrifted(
            String what, List<Result> originals, int results, int streams, Protocol protocol) {
        return protocol.chance().tried(streams, what, random -> {
            Halves halves = Halves.of(originals, random);
            Traffic traffic = Traffic.of(halves.of(originals));
            return Counts.of(protocol.watched(halves.reference(), traffic.classes(), random)
                    .takeSlowly(traffic, results));
        });
    }
}

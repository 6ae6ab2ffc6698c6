package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param model that classified
 * @param events in a turn, where nothing else is said
 * @param warmUp events before the first turn of each process
 * @param rounds in which every value had its turn
 * @param processors that this machine has, for broker and classifiers together
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param tables one for each dimension
 * @param outcomes of all events, warm-up included
 */
record ScaleReport(
        PeerModel model,
        int events,
        int warmUp,
        int rounds,
        int processors,
        double loadBefore,
        List<Table> tables,
        Outcomes outcomes) {

    /** What was varied, and what came of it. */
    record Table(String dimension, String title, List<Row> rows) {

        /**
         * Compares, round by round.
         *
         * @param turns each point's, as many for all
         */
        static Table of(Dimension dimension, List<Point> points, List<List<Work>> turns) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                rows.add(Row.of(points.get(i), turns.get(i), turns.get(0)));
            }
            return new Table(dimension.toString(), dimension.title(), rows);
        }
    }

    /**
     * One value.
     *
     * @param events in each of its turns
     * @param eventsPerSecond until all results were committed
     * @param processorMicros of all classifiers, per event
     * @param timesTheFirst its processor time to that of the first value
     */
    record Row(int value, int events, Spread eventsPerSecond, Spread processorMicros, Spread timesTheFirst) {
        private static Row of(Point point, List<Work> turns, List<Work> firsts) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < turns.size(); round++) {
                ratios.add(
                        turns.get(round).processorMicros() / firsts.get(round).processorMicros());
            }
            return new Row(
                    point.value(),
                    point.events(),
                    Spread.of(turns.stream().map(Work::eventsPerSecond).toList()),
                    Spread.of(turns.stream().map(Work::processorMicros).toList()),
                    Spread.of(ratios));
        }
    }
}

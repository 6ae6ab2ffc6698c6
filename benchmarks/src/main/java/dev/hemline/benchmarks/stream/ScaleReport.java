package dev.hemline.benchmarks.stream;

import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.runner.Turns.Taken;
import dev.hemline.benchmarks.stream.Dimension.Point;
import dev.hemline.benchmarks.stream.Dimension.Setting;
import java.util.List;
import java.util.Map;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param events in a turn, where nothing else is said
 * @param warmUp events before the first turn of each process
 * @param rounds in which every value had its turn
 */
record ScaleReport(
        PeerModel model,
        int events,
        int warmUp,
        int rounds,
        @JsonUnwrapped Machine machine,
        List<Table> tables,
        Outcomes outcomes)
        implements Report.Charted {
    /** What was varied, and what came of it. */
    record Table(String dimension, String title, List<Row> rows) {
        /** Compares with the first, round by round. */
        static Table of(Dimension dimension, List<Taken<Point, Work>> taken) {
            List<Row> rows =
                    taken.stream().map(one -> Row.of(one, taken.get(0))).toList();
            return new Table(dimension.toString(), dimension.title(), rows);
        }

        private boolean lacksRegistry() {
            return dimension.equals(Dimension.FORMAT.toString())
                    && rows.stream().noneMatch(row -> row.value().equals(REGISTRY));
        }
    }

    private static final String REGISTRY = EventFormat.REGISTRY.toString();

    /**
     * One value.
     *
     * @param value a whole number, or the name of a format
     * @param events in each of its turns
     * @param eventsPerSecond until all results were committed
     * @param processorMicros of all classifiers, per event
     * @param timesTheFirst its processor time to that of the first value
     */
    record Row(Object value, int events, Spread eventsPerSecond, Spread processorMicros, Spread timesTheFirst) {
        private static Row of(Taken<Point, Work> taken, Taken<Point, Work> first) {
            return new Row(
                    taken.by().value(),
                    taken.by().events(),
                    Spread.of(taken.turns(), Work::eventsPerSecond),
                    Spread.of(taken.turns(), Work::processorMicros),
                    Spread.ofRatios(taken.turns(), first.turns(), Work::processorMicros));
        }
    }

    @Override
    public boolean passed() {
        return outcomes.exactlyOnce();
    }

    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "Network %s, exactly once, %d processors for all, brokers included; median of %d rounds (lowest to highest).",
                        model, machine.processors(), rounds)
                .say(
                        "Unless varied: %d partitions, %d instance, raw images of %d bytes, a backlog of %,d events; warm-up of %,d.",
                        Setting.USUAL.partitions(), Setting.USUAL.instances(), ScaleBench.RAW_BYTES, events, warmUp);
        for (Table table : tables) {
            lines.gap()
                    .table(
                            table.rows(),
                            right(table.title(), 22, Row::value),
                            right("events a turn", 12, Row::events),
                            right(
                                    "events per second",
                                    26,
                                    row -> row.eventsPerSecond().text(0)),
                            right(
                                    "processor microseconds an event",
                                    34,
                                    row -> row.processorMicros().text(0)),
                            right(
                                    "times the first",
                                    26,
                                    row -> row.timesTheFirst().text(2)));
        }
        lines.gap();
        if (tables.stream().anyMatch(Table::lacksRegistry)) {
            lines.say(
                    "Events whose schema a registry has were left out: --schema-registry URL says where there is one.");
        }
        if (outcomes.exactlyOnce()) {
            lines.say("All %,d events, warm-up included, came back exactly once.", outcomes.sent());
        } else {
            lines.say(
                    "Of %,d events %,d were lost, and %,d results were doubles.",
                    outcomes.sent(), outcomes.lost(), outcomes.duplicated());
        }
        return lines.on(machine);
    }

    /** By what was varied; beside a large picture all others would be too short to see. */
    @Override
    public Bars bars() {
        List<Map.Entry<String, Spread>> bars = tables.stream()
                .filter(table -> tables.size() == 1 || !table.dimension().equals(Dimension.SIZE.toString()))
                .flatMap(table -> table.rows().stream()
                        .map(row -> Map.entry(
                                table.dimension() + " " + Dimension.text(row.value()), row.processorMicros())))
                .toList();
        String caption = "processor microseconds an event";
        return Bars.of("What an event costs, " + model, caption, 0, bars, Map.Entry::getKey, Map.Entry::getValue);
    }
}

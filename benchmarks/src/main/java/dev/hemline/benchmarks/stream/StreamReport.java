package dev.hemline.benchmarks.stream;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.peer.Guarantee;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Spread;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param events in the backlog; the first fifth does not count
 * @param threads that classify, in every contender
 * @param bareMicros processor time of the archive's inference alone, in batches, per image
 * @param ratios of events a second, the first contender to each of the others
 */
record StreamReport(
        PeerModel model,
        Guarantee guarantee,
        int events,
        int rounds,
        int threads,
        @JsonUnwrapped Machine machine,
        Spread bareMicros,
        List<Row> rows,
        List<Speed.Ratio> ratios)
        implements Report.Charted {
    /** With fewer events, a commit or two may be all there is. */
    private static final int SHORT = 20_000;

    /** A contender's turn, and how many labels are others than they were first. */
    record Turn(Work work, long otherLabels) {}

    /**
     * A contender.
     *
     * @param eventsPerSecond over its turns, committed, so that readers see the results
     * @param processorMicros of its process, per event
     * @param efficiency the archive's bare inference as a share of that
     * @param otherLabels events that it labels otherwise than the first contender
     */
    record Row(String contender, Speed eventsPerSecond, Spread processorMicros, double efficiency, long otherLabels) {
        static Row of(String title, List<Turn> turns, double bareMicros) {
            Spread micros = Spread.of(turns, turn -> turn.work().processorMicros());
            return new Row(
                    title,
                    Speed.of(
                            title,
                            turns.stream()
                                    .map(turn -> turn.work().eventsPerSecond())
                                    .toList()),
                    micros,
                    bareMicros / micros.median(),
                    turns.stream().mapToLong(Turn::otherLabels).max().orElseThrow());
        }
    }

    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "Network %s, a backlog of %,d events, %s, %d threads each, %d processors for all, broker included.",
                        model, events, guarantee, threads, machine.processors())
                .say(
                        "Bare inference of the archive, batches of 64: %s microseconds of processor time an image.",
                        bareMicros.text(0))
                .gap()
                .table(
                        rows,
                        left("", 36, Row::contender),
                        right(
                                "events per second",
                                26,
                                row -> row.eventsPerSecond().imagesPerSecond().text(0)),
                        right(
                                "processor microseconds an event",
                                30,
                                row -> row.processorMicros().text(0)),
                        right("efficiency", 10, row -> Lines.text("%.2f", row.efficiency())));
        if (!ratios.isEmpty()) {
            lines.gap()
                    .say(
                            "Events per second of %s, times those of; median of the rounds (lowest to highest)",
                            rows.get(0).contender())
                    .table(
                            ratios,
                            left("", 36, Speed.Ratio::to),
                            right("", 26, ratio -> ratio.times().text(2)));
        }
        long others = rows.stream().mapToLong(Row::otherLabels).max().orElse(0);
        lines.gap().say("All answered the same events; at most %,d of %,d labels differ.", others, events);
        if (events < SHORT) {
            lines.say(
                    "A backlog of %,d events is soon done with: the start of a process may count, or little else.",
                    events);
        }
        return lines.on(machine);
    }

    @Override
    public Bars bars() {
        return Bars.of(
                "A backlog of events, " + model,
                "events a second",
                0,
                rows,
                Row::contender,
                row -> row.eventsPerSecond().imagesPerSecond());
    }
}

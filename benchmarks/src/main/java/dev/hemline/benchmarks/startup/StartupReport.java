package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file. All times are seconds since a process was started.
 *
 * @param model that classified
 * @param rounds that count
 * @param processors that this machine has, for broker and contender together
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param rows one for each contender and number of versions
 */
record StartupReport(PeerModel model, int rounds, int processors, double loadBefore, List<Row> rows) {

    /** One start of one contender, and whether it counts. */
    record Turn(Way way, int versions, boolean counts, Start start) {}

    /**
     * A contender's starts.
     *
     * @param versions of the model on their topic
     * @param readsVersions whether the contender looks there
     * @param ready when it first said so; null for those that do not say
     * @param firstResult when an event that was waiting had a committed result that was read
     * @param steps on the way, by what the log says
     */
    record Row(
            String contender,
            int versions,
            boolean readsVersions,
            @Nullable Spread ready,
            Spread firstResult,
            Map<String, Spread> steps) {}

    static StartupReport of(StartupSettings settings, List<Turn> turns, double loadBefore) {
        List<Row> rows = new ArrayList<>();
        for (Way way : settings.contenders()) {
            for (int versions : settings.versions()) {
                List<Start> starts = turns.stream()
                        .filter(turn -> turn.counts() && turn.way() == way && turn.versions() == versions)
                        .map(Turn::start)
                        .toList();
                if (!starts.isEmpty()) {
                    rows.add(row(way, versions, starts));
                }
            }
        }
        return new StartupReport(
                settings.model(), settings.rounds(), Runtime.getRuntime().availableProcessors(), loadBefore, rows);
    }

    private static Row row(Way way, int versions, List<Start> starts) {
        List<Double> ready =
                starts.stream().flatMap(start -> start.ready().stream().boxed()).toList();
        Map<String, Spread> steps = new LinkedHashMap<>();
        for (Step step : Step.values()) {
            List<Double> seconds = starts.stream()
                    .flatMap(start -> Optional.ofNullable(start.steps().get(step)).stream())
                    .toList();
            if (!seconds.isEmpty()) {
                steps.put(step.title(), Spread.of(seconds));
            }
        }
        return new Row(
                way.title(),
                versions,
                way == Way.HEMLINE,
                ready.isEmpty() ? null : Spread.of(ready),
                Spread.of(starts.stream().map(Start::firstResult).toList()),
                steps);
    }
}

package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.latency.Plan.Trial;
import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.stream.Answers;
import dev.hemline.benchmarks.stream.GroupStart;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A process of one contender, from its start through all of its loads to its end. */
final class LatencyTurn {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LatencySettings settings;
    private final Plan plan;
    private final KafkaSettings kafka;
    private final Path folder;
    private final Workload workload;
    private final LabelCheck labels;

    /** @param folder for local state and the process's log */
    LatencyTurn(
            LatencySettings settings,
            Plan plan,
            KafkaSettings kafka,
            Path folder,
            Workload workload,
            LabelCheck labels) {
        this.settings = settings;
        this.plan = plan;
        this.kafka = kafka;
        this.folder = folder;
        this.workload = workload;
        this.labels = labels;
    }

    /** @throws IllegalStateException if an event was not answered exactly once */
    void take(Way way, int round, LoadResults results) throws InterruptedException {
        String name = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + round;
        Map<LoadIds, Integer> sent = new LinkedHashMap<>();
        Map<TopicPartition, Long> from = Answers.ends(kafka);
        GroupStart.atNextEvent(kafka, name);
        try (ChildProcess process = ChildProcess.start(
                way.command(new Way.Assignment(
                        kafka, name, settings.model(), Guarantee.EXACTLY_ONCE_V2, folder.resolve(name))),
                folder.resolve(name + ".log"))) {
            List<Trial> trials = plan.trials(way, round);
            Schedule heaviest = schedule(trials.get(trials.size() - 1).load());
            var warmUp = new Schedule(heaviest.rate(), settings.warmUp(), Duration.ZERO);
            workload.put(process, next(name, warmUp, sent), warmUp, 0);
            for (Trial trial : trials) {
                Schedule schedule = schedule(trial.load());
                int swaps = trial.withSwaps() ? settings.swaps() : 0;
                results.add(trial, workload.put(process, next(name, schedule, sent), schedule, swaps));
            }
            process.stop(PATIENCE);
        }
        results.differences(labels.differences(way.title(), sent, Answers.since(from, kafka)));
    }

    private Schedule schedule(Load load) {
        return new Schedule(load.eventsPerSecond(), LatencySettings.SETTLING, settings.counted());
    }

    private static LoadIds next(String name, Schedule schedule, Map<LoadIds, Integer> sent) {
        var ids = new LoadIds(name + "-" + sent.size());
        sent.put(ids, schedule.events());
        return ids;
    }
}

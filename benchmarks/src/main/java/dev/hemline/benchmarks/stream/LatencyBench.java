package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.Guarantee;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.stream.Plan.Load;
import dev.hemline.benchmarks.stream.Plan.Trial;
import dev.hemline.benchmarks.stream.Workload.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline bench latency}: finds out what each contender is able to work off, then puts the same loads below that onto
 * all, one contender after the other and round after round. Broker, sender and readers are in this JVM.
 */
@Command(
        name = "latency",
        description = {
            "How long events wait for their results under a steady load, exactly once: by Hemline, also while it swaps its"
                    + " model; and by others under the very same loads.",
            "",
            "First each contender works a backlog off for 20 s; what it is able to do a second is its capacity. Then come loads: shares"
                    + " of the first contender's capacity, and half of each of the others'. Events are sent when they are due,"
                    + " whatever became of those before, and time counts from then to two readers, one of which waits for"
                    + " transactions. Every answer is compared.",
            ""
        })
public final class LatencyBench extends Bench.Charted<LatencyReport> {
    /** From one load to the next; does not count. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private static final Duration PER_SWAP = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(10);

    /** Of a backlog: until code is compiled, so that a slow contender need not see as many events as a fast one. */
    private static final Duration CAPACITY_WARM_UP = Duration.ofSeconds(8);

    private static final Duration CAPACITY_COUNTED = Duration.ofSeconds(10);
    private static final Duration CAPACITY_TICK = Duration.ofMillis(50);

    @Option(
            names = "--shares",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "0.1,0.5,0.8",
            description = "Loads as shares of the first contender's capacity.")
    @Within({0.001, 0.999})
    List<Double> shares = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "6",
            description =
                    "How long each load lasts, after a second that does not count. Where models are swapped, there"
                            + " is a swap in each 10 s, and at least one.")
    @Within({0.1, 3600})
    double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "How long a process is kept busy before its first load.")
    @Within({0.1, 3600})
    double warmUp;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each contender.")
    @Within({1, 1000})
    int rounds = 3;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "Events to find the capacities with; there have to be more than one works off in 20 s.")
    @Within({2000, 10_000_000})
    int backlog = 100_000;

    @Mixin
    ContenderOptions contenders = new ContenderOptions(Contender.HEMLINE, Contender.PER_RECORD_DJL_BLOCKS);

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    /** Whoever is measured. */
    interface Players {
        /** How many events a second a contender works off when there are always more. */
        double capacity(Contender contender) throws InterruptedException;

        /** A process of one contender, from its start through all of its loads to its end. */
        Played take(Contender contender, int round, Plan plan) throws InterruptedException;
    }

    /**
     * A turn.
     *
     * @param sent all its loads, the warm-up among them
     */
    record Played(Map<Trial, LoadResult> results, List<Schedule> sent, Answers answers) {}

    @Override
    protected LatencyReport measure(Run run) throws InterruptedException {
        try (LocalStream stream = new LocalStream(run.folder(), "bench-latency")) {
            var published = model.model().published();
            stream.challenge(stream.publish(published));
            stream.publish(published);
            stream.send(backlog);
            try (var workload = new Workload(stream, published)) {
                return report(run, stream.images().size(), new Players() {
                    @Override
                    public double capacity(Contender contender) throws InterruptedException {
                        return capacityOf(contender, stream);
                    }

                    @Override
                    public Played take(Contender contender, int round, Plan plan) throws InterruptedException {
                        return play(contender, round, plan.trials(contender, round), stream, workload);
                    }
                });
            }
        }
    }

    /**
     * Lets them play, and says what came of it.
     *
     * @param images as many as there are for events to show
     * @throws IllegalStateException if an event was not answered exactly once
     */
    LatencyReport report(Run run, int images, Players players) throws InterruptedException {
        List<Contender> all = contenders.list();
        // Finding out the capacities is a round of its own.
        var turns = new Turns((1L + rounds) * all.size(), run.progress());
        Map<Contender, Double> capacities = new LinkedHashMap<>();
        turns.play(
                        all,
                        contender -> contender.title() + ", capacity",
                        0,
                        1,
                        (contender, round) -> players.capacity(contender))
                .forEach(taken -> capacities.put(taken.by(), taken.turns().get(0)));
        Plan plan = Plan.of(capacities, shares);
        var labels = new LabelCheck(images);
        Map<Trial, List<LoadResult>> results = new HashMap<>();
        var otherLabels = turns.play(all, Contender::title, 0, rounds, (contender, round) -> {
            Played played = players.take(contender, round, plan);
            played.results()
                    .forEach((trial, result) -> results.computeIfAbsent(trial, none -> new ArrayList<>())
                            .add(result));
            return labels.differences(contender.title(), played.sent(), played.answers());
        });
        long mostOtherLabels = otherLabels.stream()
                .flatMap(taken -> taken.turns().stream())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Duration counted = Flags.seconds(seconds);
        return LatencyReport.of(model.model(), rounds, counted, run.machine(), plan, results, mostOtherLabels);
    }

    /**
     * Lets one contender work the backlog off, or as much of it as it takes to know. Where the events do not last as long, the
     * first half does not count; if one commit takes most of it, its start counts too.
     */
    private double capacityOf(Contender contender, LocalStream stream) throws InterruptedException {
        String name = contender.name("capacity");
        try (ClassifierGroup group = start(contender, name, stream, CAPACITY_TICK)) {
            group.await(1);
            Work warm = group.await(backlog / 2, CAPACITY_WARM_UP);
            Work end = group.await(backlog, CAPACITY_COUNTED);
            group.stop();
            boolean enough = warm.events() <= backlog / 2 && warm.events() < end.events();
            return (enough ? end.minus(warm) : end).eventsPerSecond();
        }
    }

    private Played play(Contender contender, int round, List<Trial> trials, LocalStream stream, Workload workload)
            throws InterruptedException {
        String name = contender.name(round);
        Map<Trial, LoadResult> results = new LinkedHashMap<>();
        List<Schedule> sent = new ArrayList<>();
        Map<TopicPartition, Long> from = Answers.ends(stream);
        stream.beginAtNextEvent(name);
        stream.beginAtNextEvent(name + "-challenger");
        try (ClassifierGroup group = start(contender, name, stream, TICK)) {
            Load heaviest = trials.get(trials.size() - 1).load();
            Duration busy = Flags.seconds(warmUp);
            sent.add(new Schedule(name + "-0", heaviest.eventsPerSecond(), busy, Duration.ZERO));
            var unused = workload.put(group, sent.get(0), 0);
            Duration counted = Flags.seconds(seconds);
            for (Trial trial : trials) {
                double rate = trial.load().eventsPerSecond();
                var schedule = new Schedule(name + "-" + sent.size(), rate, SETTLING, counted);
                sent.add(schedule);
                int swaps = trial.withSwaps() ? (int) Math.max(1, counted.dividedBy(PER_SWAP)) : 0;
                results.put(trial, workload.put(group, schedule, swaps));
            }
            group.stop();
        }
        return new Played(results, sent, Answers.since(from, stream));
    }

    private ClassifierGroup start(Contender contender, String name, LocalStream stream, Duration tick) {
        return stream.start(contender, name, model.model(), Guarantee.EXACTLY_ONCE_V2, tick);
    }
}

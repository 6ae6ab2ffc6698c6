package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.stream.SwapsReport.NativeMemory;
import dev.hemline.benchmarks.stream.SwapsReport.NativeMemory.Sample;
import dev.hemline.benchmarks.stream.SwapsReport.Result;
import dev.hemline.benchmarks.stream.SwapsReport.SwapLatencies;
import dev.hemline.event.Classification;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.RunningProducer;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline bench swaps}: publishes one version after another under a steady stream of images. Broker, producer and readers
 * are in this JVM; the classifier has one of its own, whose memory is watched.
 */
@Command(
        name = "swaps",
        description = {
            "Swaps models under a running stream, again and again: is an event lost or doubled, does memory come back, and"
                    + " what do events that come during a swap wait?",
            "",
            "Exit code 1 if an event was lost or doubled.",
            ""
        })
public final class SwapsBench extends Bench<SwapsReport> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(100);
    private static final int SWAPS_PER_MEDIAN = 10;

    @Option(names = "--swaps", paramLabel = "N", description = "How often to swap.")
    @Within({10, 100_000})
    int swaps = 200;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Swaps before those that count, until compilers and allocators have settled.")
    @Within({1, 10_000})
    int warmUp = 30;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Shortest time between two swaps; the second around each is compared with the rest.")
    double every;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "300", description = "Image events per second.")
    @Within({1, 100_000})
    double rate;

    @Mixin
    NetworkOption network = new NetworkOption();

    private final List<Result> results = new ArrayList<>();
    private final AtomicInteger newestVersion = new AtomicInteger();
    private final List<Sample> samples = new ArrayList<>();

    public SwapsBench() {
        super("Swaps");
    }

    @Override
    protected void requireValidFlags() {
        Flags.require(
                every >= 1, "--every is at least 1 s, the time around a swap that is compared, not " + every + " s");
    }

    @Override
    protected SwapsReport measure(Run run) throws InterruptedException {
        try (LocalStream stream = new LocalStream(run.folder(), "bench-swaps")) {
            // The scores' store fills with every event up to a bound, which would look like a leak of swaps.
            try (var group = stream.startWatched("hemline-bench-swaps", TICK, List.of("--no-scores"));
                    var reader = Answers.follow(new TopicReader(stream.client()), this::keep);
                    var producer = RunningProducer.start(stream.producer(rate, 0, new LabelDelivery.None()))) {
                List<Instant> swapped = swap(stream, group, reader, run.progress());
                producer.finish(PATIENCE);
                group.await(stream.imageEnds());
                Outcomes outcomes = stream.outcomes();
                group.stop();
                return report(outcomes, swapped);
            }
        }
    }

    private void keep(Classification result, long at) {
        synchronized (results) {
            results.add(new Result(
                    result.getModelVersion(),
                    result.getClassifiedAt().toEpochMilli(),
                    at - result.getCapturedAt().toEpochMilli()));
        }
        newestVersion.accumulateAndGet(result.getModelVersion(), Math::max);
    }

    /**
     * Each version is out only after the one before has answered, so there are as many swaps as versions.
     *
     * @return when each had answered
     */
    private List<Instant> swap(LocalStream stream, ClassifierGroup group, TopicFollower reader, Progress progress)
            throws InterruptedException {
        List<Instant> swapped = new ArrayList<>();
        ProcessFigures process = group.figures();
        // The first model is no swap.
        for (int version = 1; version <= 1 + warmUp + swaps; version++) {
            Instant due = Instant.now().plusMillis(Math.round(every * 1000));
            int published = stream.publish(UntrainedModel.of(network.name(), version));
            group.await("version " + published + " to answer", PATIENCE, () -> {
                look(process);
                reader.requireFollowing();
                return newestVersion.get() >= published;
            });
            swapped.add(Instant.now());
            progress.at(version - 1L, (long) warmUp + swaps, version <= warmUp ? "warm-up" : "");
            group.await("the next version", PATIENCE, () -> {
                look(process);
                return !Instant.now().isBefore(due);
            });
        }
        return swapped;
    }

    /** Ten times a second, whoever asks how often. */
    private void look(ProcessFigures process) {
        Instant now = Instant.now();
        if (samples.isEmpty()
                || !now.isBefore(samples.get(samples.size() - 1).at().plus(BETWEEN_SAMPLES))) {
            samples.add(new Sample(now, process.nativeBytes()));
        }
    }

    private SwapsReport report(Outcomes outcomes, List<Instant> swapped) {
        int last = warmUp + swaps;
        Instant begin = swapped.get(warmUp);
        Instant end = swapped.get(last);
        Instant warm = swapped.get(Math.max(0, warmUp - SWAPS_PER_MEDIAN));
        Instant late = swapped.get(last - SWAPS_PER_MEDIAN);
        synchronized (results) {
            return new SwapsReport(
                    swaps,
                    outcomes,
                    NativeMemory.of(samples, warm, begin, late, end),
                    SwapLatencies.of(results, 1 + warmUp),
                    Duration.between(begin, end).toMillis() / 1e3);
        }
    }
}

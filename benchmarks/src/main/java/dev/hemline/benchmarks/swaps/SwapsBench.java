package dev.hemline.benchmarks.swaps;

import dev.hemline.benchmarks.runner.BenchOutput;
import dev.hemline.benchmarks.runner.ClassifierGroup;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.LocalStream;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.ProcessFigures;
import dev.hemline.benchmarks.runner.Progress;
import dev.hemline.benchmarks.runner.ResultReader;
import dev.hemline.benchmarks.swaps.SwapsReport.Result;
import dev.hemline.benchmarks.swaps.SwapsReport.SwapLatencies;
import dev.hemline.event.Classification;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.RunningProducer;
import dev.hemline.service.BaseCommand;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
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
public final class SwapsBench extends BaseCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int SWAPS_PER_MEDIAN = 10;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "200",
            description = "How often to swap. Default: ${DEFAULT-VALUE}")
    int swaps;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30",
            description = "Swaps before those that count, until compilers and allocators have settled."
                    + " Default: ${DEFAULT-VALUE}")
    int warmUp;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Shortest time between two swaps; the second around each is compared with the rest."
                    + " Default: ${DEFAULT-VALUE}")
    double every;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            description = "Image events per second. Default: ${DEFAULT-VALUE}")
    double rate;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Mixin
    BenchOutput output = new BenchOutput();

    private final List<Result> results = new ArrayList<>();
    private final AtomicInteger newestVersion = new AtomicInteger();

    @Override
    public Integer call() throws InterruptedException {
        Flags.within("--swaps", swaps, 10, 100_000);
        Flags.within("--warm-up", warmUp, 1, 10_000);
        Flags.require(
                every >= 1, "--every is at least 1 s, the time around a swap that is compared, not " + every + " s");
        Flags.within("--rate", rate, 1, 100_000);
        String known = network.name();
        return output.run("Swaps", (folder, progress) -> measure(known, folder, progress));
    }

    private SwapsReport measure(String known, Path folder, Progress progress) throws InterruptedException {
        try (LocalStream stream = LocalStream.open(folder, "bench-swaps")) {
            var audit = new StreamAudit(stream.kafka(), PATIENCE);
            Map<TopicPartition, Long> from = audit.mark();
            // The scores' store fills with every event up to a bound, which would look like a leak of swaps.
            try (var group = stream.startWatched("hemline-bench-swaps", TICK, List.of("--no-scores"));
                    var reader = ResultReader.start(new TopicReader(stream.client()), this::keep);
                    var memory = new MemoryWatch(
                            new ProcessFigures(group.process().pid()), LocalStream.HEAP_MEGABYTES * 1024L * 1024);
                    var producer = RunningProducer.start(stream.producer(rate, 0, new LabelDelivery.None()))) {
                memory.start();
                Map<Integer, Instant> swapped = swap(stream, known, group, reader, progress);
                producer.finish(PATIENCE);
                Map<TopicPartition, Long> until = audit.mark();
                Map<TopicPartition, Long> images = new HashMap<>(until);
                images.keySet().removeIf(partition -> !partition.topic().equals(Topics.IMAGE_EVENTS.name()));
                group.await(images);
                AuditReport counted = audit.count(from, until);
                group.stop();
                return report(counted, memory, swapped);
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

    /** Each version is out only after the one before has answered, so there are as many swaps as versions. */
    private Map<Integer, Instant> swap(
            LocalStream stream, String known, ClassifierGroup group, ResultReader reader, Progress progress)
            throws InterruptedException {
        var swapped = new TreeMap<Integer, Instant>();
        // The first model is no swap.
        for (int version = 1; version <= 1 + warmUp + swaps; version++) {
            Instant due = Instant.now().plusMillis(Math.round(every * 1000));
            int published = stream.publish(UntrainedModel.of(known, version));
            group.await("version " + published + " to answer", PATIENCE, () -> {
                reader.requireReading();
                return newestVersion.get() >= published;
            });
            swapped.put(published, Instant.now());
            progress.at(version - 1L, (long) warmUp + swaps, version <= warmUp ? "warm-up" : "");
            group.await("the next version", PATIENCE, () -> !Instant.now().isBefore(due));
        }
        return swapped;
    }

    private SwapsReport report(AuditReport counted, MemoryWatch memory, Map<Integer, Instant> swapped) {
        int warm = 1 + warmUp;
        int last = warm + swaps;
        Instant begin = at(swapped, warm);
        Instant end = at(swapped, last);
        var nativeMemory = memory.compare(
                at(swapped, Math.max(1, warm - SWAPS_PER_MEDIAN)), begin, at(swapped, last - SWAPS_PER_MEDIAN), end);
        synchronized (results) {
            return new SwapsReport(
                    swaps,
                    counted.sent(),
                    counted.missing(),
                    counted.duplicated(),
                    nativeMemory,
                    SwapLatencies.of(results, warm),
                    Duration.between(begin, end).toMillis() / 1e3);
        }
    }

    private static Instant at(Map<Integer, Instant> swapped, int version) {
        return Objects.requireNonNull(swapped.get(version));
    }
}

package dev.hemline.benchmarks.swaps;

import dev.hemline.benchmarks.process.ResidentMemory;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.producer.RunningProducer;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Publishes one version after another under a steady stream of images. Broker, producer and readers are in this JVM; the
 * classifier has one of its own, whose whole heap is in memory from the start, so that everything that grows is native.
 */
final class SwapsBench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TICK = Duration.ofMillis(5);
    private static final String MODEL = "swapped";
    private static final String GROUP = "hemline-bench-swaps";
    private static final int HEAP_MEGABYTES = 512;
    private static final int SWAPS_PER_MEDIAN = 10;

    private final SwapsSettings settings;
    private final Path folder;
    private final IntConsumer progress;

    /**
     * @param folder for the broker's data and the classifier's log
     * @param progress hears the number of swaps, warm-up included, after each
     */
    SwapsBench(SwapsSettings settings, Path folder, IntConsumer progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    SwapsReport run() throws InterruptedException {
        LabelledImages images = FashionMnist.load(null).test();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            StreamAudit audit = new StreamAudit(kafka, PATIENCE);
            Map<TopicPartition, Long> from = audit.mark();
            try (ChildProcess classifier = ChildProcess.start(classifier(kafka), folder.resolve("classifier.log"));
                    ResultReader reader = ResultReader.start(kafka);
                    MemoryWatch memory =
                            new MemoryWatch(new ResidentMemory(classifier.pid()), HEAP_MEGABYTES * 1024L * 1024);
                    RunningProducer producer = RunningProducer.start(producer(kafka, images))) {
                memory.start();
                Map<Integer, Instant> swapped = swap(kafka, classifier, reader);
                producer.finish(PATIENCE);
                Map<TopicPartition, Long> until = audit.mark();
                awaitOutcomes(kafka, classifier, until);
                AuditReport counted = audit.count(from, until);
                classifier.stop(PATIENCE);
                return report(counted, memory, reader.results(), swapped);
            }
        }
    }

    private static ChildCommand classifier(KafkaSettings kafka) {
        return ChildCommand.of(
                        "classifier",
                        HEAP_MEGABYTES + "m",
                        List.of(
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--http-port",
                                "0",
                                "--application-id",
                                GROUP,
                                // Its store fills with every event up to a bound, which would look like a leak of
                                // swaps.
                                "--no-scores"))
                .with("-Xms" + HEAP_MEGABYTES + "m", "-XX:+AlwaysPreTouch");
    }

    private ImageEventProducer producer(KafkaSettings kafka, LabelledImages images) {
        var sent = new ProducerSettings(
                settings.rate(), 0, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "bench-swaps");
        return new ImageEventProducer(sent, images, kafka, new SimpleMeterRegistry());
    }

    /** Each version is out only after the one before has answered, so there are as many swaps as versions. */
    private Map<Integer, Instant> swap(KafkaSettings kafka, ChildProcess classifier, ResultReader reader)
            throws InterruptedException {
        var swapped = new TreeMap<Integer, Instant>();
        try (var publisher = ModelPublisher.open(MODEL, kafka.client(Map.of()))) {
            // The first model is no swap.
            for (int version = 1; version <= 1 + settings.warmUp() + settings.swaps(); version++) {
                Instant due = Instant.now().plus(settings.every());
                UntrainedModel model = UntrainedModel.of(settings.network(), version);
                int published =
                        publisher.publish(model.draft(), model.archive()).getVersion();
                await(classifier, "version " + published + " to answer", () -> reader.newestVersion() >= published);
                swapped.put(published, Instant.now());
                progress.accept(version - 1);
                await(classifier, "the next version", () -> !Instant.now().isBefore(due));
            }
        }
        return swapped;
    }

    private void awaitOutcomes(KafkaSettings kafka, ChildProcess classifier, Map<TopicPartition, Long> until)
            throws InterruptedException {
        Map<TopicPartition, Long> images = new HashMap<>(until);
        images.keySet().removeIf(partition -> !partition.topic().equals(Topics.IMAGE_EVENTS.name()));
        try (var offsets = new GroupOffsets(kafka, GROUP)) {
            await(classifier, "the last results", () -> offsets.reached(images));
        }
    }

    private static void await(ChildProcess classifier, String what, BooleanSupplier done) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            classifier.requireRunning();
            if (Instant.now().isAfter(deadline)) {
                throw new UserError(
                        "Waited for " + what + " more than " + PATIENCE.toSeconds() + " s; see " + classifier.log());
            }
            Thread.sleep(TICK.toMillis());
        }
    }

    private SwapsReport report(
            AuditReport counted, MemoryWatch memory, List<Result> results, Map<Integer, Instant> swapped) {
        int warm = 1 + settings.warmUp();
        int last = warm + settings.swaps();
        Instant begin = at(swapped, warm);
        Instant end = at(swapped, last);
        var nativeMemory = memory.compare(
                at(swapped, Math.max(1, warm - SWAPS_PER_MEDIAN)), begin, at(swapped, last - SWAPS_PER_MEDIAN), end);
        return new SwapsReport(
                settings.swaps(),
                counted.sent(),
                counted.missing(),
                counted.duplicated(),
                nativeMemory,
                SwapLatencies.of(results, warm),
                Duration.between(begin, end).toMillis() / 1e3);
    }

    private static Instant at(Map<Integer, Instant> swapped, int version) {
        return Objects.requireNonNull(swapped.get(version));
    }
}

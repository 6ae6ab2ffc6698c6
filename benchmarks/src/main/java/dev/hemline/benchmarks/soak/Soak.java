package dev.hemline.benchmarks.soak;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A backlog of labelled images, worked off at full speed while models change. Broker and producer are in this JVM; the
 * classifier has one of its own, whose whole heap is in memory from the start, so that everything that grows is native.
 */
final class Soak {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final String MODEL = "soaked";
    private static final String GROUP = "hemline-soak";
    private static final int HEAP_MEGABYTES = 512;

    private final SoakSettings settings;
    private final Path folder;
    private final LongConsumer progress;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * @param folder for the broker's data, local state and the classifier's log
     * @param progress hears of the events that are done with
     */
    Soak(SoakSettings settings, Path folder, LongConsumer progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    SoakReport run() throws InterruptedException {
        LabelledImages images = FashionMnist.load(null).test();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            StreamAudit audit = new StreamAudit(kafka, PATIENCE);
            Map<TopicPartition, Long> from = audit.mark();
            try (var models = ModelPublisher.open(MODEL, kafka.client(Map.of()));
                    RunningProducer producer = RunningProducer.start(producer(kafka, images));
                    ChildProcess classifier = ChildProcess.start(classifier(kafka), folder.resolve("classifier.log"));
                    var offsets = new GroupOffsets(kafka, GROUP)) {
                publish(models, 1);
                Instant start = Instant.now();
                int swaps = workOff(models, classifier, offsets);
                double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
                producer.finish(PATIENCE);
                AuditReport counted = audit.count(from, audit.mark());
                classifier.stop(PATIENCE);
                return SoakReport.of(counted, swaps, seconds, samples);
            }
        }
    }

    private ImageEventProducer producer(KafkaSettings kafka, LabelledImages images) {
        var sent = new ProducerSettings(
                0, settings.events(), ImageEncoding.GRAY8, 1, 0, LabelDelivery.parse("late:0"), "soak");
        return new ImageEventProducer(sent, images, kafka, new SimpleMeterRegistry());
    }

    private ChildCommand classifier(KafkaSettings kafka) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--http-port",
                "0",
                "--application-id",
                GROUP,
                "--label-window",
                settings.labelWindow(),
                "--state-dir",
                stateFolder().toString()));
        if (!settings.scores()) {
            arguments.add("--no-scores");
        }
        return ChildCommand.of("classifier", HEAP_MEGABYTES + "m", arguments)
                .with("-Xms" + HEAP_MEGABYTES + "m", "-XX:+AlwaysPreTouch");
    }

    private Path stateFolder() {
        return folder.resolve("state");
    }

    /** Until every event is done with; tells how many models took over meanwhile. */
    private int workOff(ModelPublisher models, ChildProcess classifier, GroupOffsets offsets)
            throws InterruptedException {
        var process = new SampledProcess(classifier.pid(), HEAP_MEGABYTES * 1024L * 1024, stateFolder());
        int version = 1;
        long done = 0;
        Instant nextSwap = Instant.now().plus(settings.swapEvery());
        Instant deadline = Instant.now().plus(PATIENCE);
        while (done < settings.events()) {
            Thread.sleep(TICK.toMillis());
            classifier.requireRunning();
            if (Instant.now().isAfter(nextSwap)) {
                version++;
                publish(models, version);
                nextSwap = nextSwap.plus(settings.swapEvery());
            }
            long before = done;
            done = offsets.sum(Topics.IMAGE_EVENTS);
            samples.add(process.sample(done));
            progress.accept(done);
            if (done > before) {
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("No event was done with for " + PATIENCE.toSeconds() + " s, after " + done
                        + "; see " + classifier.log());
            }
        }
        return version - 1;
    }

    private void publish(ModelPublisher models, long seed) {
        UntrainedModel model = UntrainedModel.of(settings.network(), seed);
        models.publish(model.draft(), model.archive());
    }
}

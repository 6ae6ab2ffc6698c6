package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.GroupOffsets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How many events a second a contender works off when there are always more. */
final class Capacity {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LatencySettings settings;
    private final KafkaSettings kafka;
    private final Path folder;

    Capacity(LatencySettings settings, KafkaSettings kafka, Path folder) {
        this.settings = settings;
        this.kafka = kafka;
        this.folder = folder;
    }

    /** Puts the backlog onto its topic, which has to be empty. */
    void send(LabelledImages images) {
        var backlog = new ProducerSettings(
                0, settings.backlog(), ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "bench-latency");
        new ImageEventProducer(backlog, images, kafka, new SimpleMeterRegistry()).run(() -> false);
    }

    /** Lets one contender work it off, or as much of it as it takes to know. */
    double of(Way way) throws InterruptedException {
        String group = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-capacity";
        try (ChildProcess process = ChildProcess.start(
                        way.command(new Way.Assignment(
                                kafka, group, settings.model(), Guarantee.EXACTLY_ONCE_V2, folder.resolve(group))),
                        folder.resolve(group + ".log"));
                var offsets = new GroupOffsets(kafka, group)) {
            double eventsPerSecond = new Drain(process, offsets, settings.backlog()).eventsPerSecond();
            process.stop(PATIENCE);
            return eventsPerSecond;
        }
    }
}

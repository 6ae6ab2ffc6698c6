package dev.hemline.chaos;

import dev.hemline.event.GroundTruth;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labels as nobody wants them, beside the producer's: doubled, changed, outdated, impossible, and for events that never were. */
final class LabelStorm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabelStorm.class);
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Producer<String, @Nullable GroundTruth> producer;
    private final Supplier<List<String>> recent;
    private final Random random;
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("label-storm");
    private long nobodies;

    /** @param recent ids of events that have a result */
    LabelStorm(KafkaSettings kafka, Supplier<List<String>> recent, long seed) {
        this.producer = new KafkaProducer<>(
                kafka.client(Map.of("max.block.ms", 5_000)),
                Topics.GROUND_TRUTH.keySerde().serializer(),
                Topics.GROUND_TRUTH.valueSerde().serializer());
        this.recent = recent;
        this.random = new Random(seed);
        var unused =
                thread.scheduleAtFixedRate(this::burst, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void burst() {
        try {
            List<String> ids = recent.get();
            if (!ids.isEmpty()) {
                burst(ids.get(random.nextInt(ids.size())));
            }
        } catch (KafkaException e) {
            LOG.info("Some labels less: {}", e.toString());
        }
    }

    private void burst(String id) {
        Instant now = Instant.now();
        int label = random.nextInt(FashionMnist.CLASSES);
        send(id, label, now);
        send(id, label, now);
        send(id, (label + 1) % FashionMnist.CLASSES, now.minusSeconds(60));
        send(id, random.nextInt(FashionMnist.CLASSES), now.plusMillis(1));
        send(id, -1, now.plusMillis(2));
        nobodies++;
        send("nobody-" + nobodies, label, now);
    }

    private void send(String id, int label, Instant at) {
        GroundTruth truth = new GroundTruth(id, label, at, "label-storm");
        var unused = producer.send(new ProducerRecord<>(Topics.GROUND_TRUTH.name(), id, truth));
    }

    /** Ends when all that was sent is acknowledged. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(30));
    }
}

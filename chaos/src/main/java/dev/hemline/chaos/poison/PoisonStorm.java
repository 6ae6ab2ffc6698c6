package dev.hemline.chaos.poison;

import dev.hemline.service.AbsurdRecords;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Poison of every kind among the image events, and records of nobody on every other topic, from a seed. */
public final class PoisonStorm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonStorm.class);
    private static final List<Poison> KINDS = List.of(Poison.values());
    private static final long STRANGERS_MILLIS = 500;
    /** Names and ids of strangers; longer ones are {@link Poison#LONG_ID}'s. */
    private static final int LONGEST_TEXT = 2_000;
    /** As much as topic image-events takes. */
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final Producer<byte[], byte @Nullable []> producer;
    private final AbsurdRecords absurdEvents;
    /** A stranger's label of an event that was sent would be scored, and rightly. */
    private final AbsurdRecords absurdElsewhere;

    private final ScheduledExecutorService thread = DaemonThreads.scheduled("poison-storm");
    private final Map<String, Long> sent = new TreeMap<>();
    private final long seed;
    private long made;

    /** @param perSecond poisoned image events */
    public PoisonStorm(KafkaSettings kafka, double perSecond, long seed) {
        this.seed = seed;
        absurdEvents = new AbsurdRecords(seed, LONGEST_TEXT);
        absurdElsewhere = new AbsurdRecords(seed + 1, LONGEST_TEXT);
        producer = new KafkaProducer<>(
                kafka.client(Map.of(
                        "compression.type", "gzip", "max.block.ms", 5_000, "max.request.size", MAX_REQUEST_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        long micros = Math.round(1e6 / perSecond);
        var unused = thread.scheduleAtFixedRate(() -> send(this::poison), micros, micros, TimeUnit.MICROSECONDS);
        var unusedToo = thread.scheduleAtFixedRate(
                () -> send(this::strangers), STRANGERS_MILLIS, STRANGERS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send(Runnable some) {
        try {
            some.run();
        } catch (KafkaException e) {
            LOG.info("Some poison less: {}", e.toString());
        }
    }

    private void poison() {
        Poison kind = KINDS.get((int) (made % KINDS.size()));
        var record = kind.record("poison-" + seed + "-" + made++, absurdEvents);
        var unused = producer.send(record, (at, failure) -> {
            if (failure == null) {
                count(kind.code());
            }
        });
    }

    private void strangers() {
        for (Topic<?, ?> topic : Topics.ALL) {
            if (topic.equals(Topics.IMAGE_EVENTS)) {
                continue;
            }
            byte[] key = absurdElsewhere.key();
            // Compacted topics refuse records without a key.
            var record = new ProducerRecord<>(
                    topic.name(),
                    key == null ? new byte[] {1} : key,
                    absurdElsewhere.value(AbsurdRecords.SCHEMAS.getOrDefault(topic.name(), List.of())));
            record.headers().add(StreamAudit.STRANGER, null);
            var unused = producer.send(record, (at, failure) -> {
                if (failure == null) {
                    count("absurd-elsewhere");
                }
            });
        }
    }

    private synchronized void count(String kind) {
        sent.merge(kind, 1L, Long::sum);
    }

    /** By kind, how many records brokers acknowledged. */
    public synchronized Map<String, Long> sent() {
        return new TreeMap<>(sent);
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

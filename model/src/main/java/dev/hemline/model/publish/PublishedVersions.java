package dev.hemline.model.publish;

import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What topic {@code models} holds under one name.
 *
 * @param highest largest version that a manifest, chunk or tombstone was seen of, 0 for none; never to be used again
 * @param newest manifest of the largest version that is still there
 */
record PublishedVersions(int highest, Optional<ModelManifest> newest) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedVersions.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.MODELS.name(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Reads the topic to its end, committed events only. */
    static PublishedVersions read(String name, Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // The high watermark, not the last stable offset: a transaction of another model's publisher must not hide
        // versions of this one that were committed after it began.
        long end = highWatermark(kafka);
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            return read(name, consumer, end);
        }
    }

    static PublishedVersions read(String name, Consumer<String, byte[]> consumer, long end) {
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        Collector collector = new Collector(name);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(PARTITION) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Topic " + PARTITION.topic() + " was not read to offset " + end + " within "
                        + PATIENCE.toSeconds() + " s; is there a transaction that does not end?");
            }
            consumer.poll(POLL).forEach(collector::add);
        }
        return collector.result();
    }

    private static long highWatermark(Map<String, Object> kafka) {
        try (Admin admin = Admin.create(kafka)) {
            return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get()
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading topic " + PARTITION.topic(), e);
        } catch (ExecutionException e) {
            throw new KafkaException("Cannot read topic " + PARTITION.topic() + ": " + e.getMessage(), e.getCause());
        }
    }

    /** Goes through the topic and keeps what concerns one name. */
    private static final class Collector {
        private final String name;
        private final TreeMap<Integer, byte[]> manifests = new TreeMap<>();
        private int highest;

        Collector(String name) {
            this.name = name;
        }

        void add(ConsumerRecord<String, byte[]> event) {
            ModelKey key = parse(event.key());
            if (key == null || !key.name().equals(name)) {
                return;
            }
            if (key instanceof ModelKey.Manifest manifest) {
                highest = Math.max(highest, manifest.version());
                if (event.value() == null) {
                    manifests.remove(manifest.version());
                } else {
                    manifests.put(manifest.version(), event.value());
                }
            } else if (key instanceof ModelKey.Chunk chunk) {
                highest = Math.max(highest, chunk.version());
            }
        }

        PublishedVersions result() {
            EventSerde<ModelManifest> serde = EventSerde.of(ModelManifest.class);
            for (Map.Entry<Integer, byte[]> manifest : manifests.descendingMap().entrySet()) {
                try {
                    return new PublishedVersions(highest, Optional.of(serde.decode(manifest.getValue())));
                } catch (UndecodableEventException e) {
                    LOG.warn("Passing over version {} of model {}: {}", manifest.getKey(), name, e.getMessage());
                }
            }
            return new PublishedVersions(highest, Optional.empty());
        }

        private static @Nullable ModelKey parse(@Nullable String key) {
            try {
                return key == null ? null : ModelKey.parse(key);
            } catch (IllegalArgumentException e) {
                LOG.warn("Passing over an event of topic {}: {}", PARTITION.topic(), e.getMessage());
                return null;
            }
        }
    }
}

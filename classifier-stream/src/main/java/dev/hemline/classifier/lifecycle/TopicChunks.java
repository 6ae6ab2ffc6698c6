package dev.hemline.classifier.lifecycle;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Chunks from the brokers. A reader lives as long as one fetch: models come seldom. */
public final class TopicChunks implements ChunkSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<String, Object> READER = Map.of(
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            "false",
            // A place that is gone is found out by reading on from the next one, not by an exception.
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            "false",
            "default.api.timeout.ms",
            Math.toIntExact(PATIENCE.toMillis()));

    private final Supplier<Consumer<byte[], byte[]>> readers;

    TopicChunks(Supplier<Consumer<byte[], byte[]>> readers) {
        this.readers = readers;
    }

    public static TopicChunks on(KafkaSettings kafka) {
        return new TopicChunks(() ->
                new KafkaConsumer<>(kafka.client(READER), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    @Override
    public List<byte[]> fetch(List<ChunkPlace> places) {
        Map<Integer, NavigableSet<Long>> offsets = new TreeMap<>();
        for (ChunkPlace place : places) {
            offsets.computeIfAbsent(place.partition(), partition -> new TreeSet<>())
                    .add(place.offset());
        }
        List<byte[]> chunks = new ArrayList<>();
        try (Consumer<byte[], byte[]> reader = readers.get()) {
            offsets.forEach((partition, wanted) ->
                    fetch(reader, new TopicPartition(Topics.MODELS.name(), partition), wanted, chunks));
        }
        return chunks;
    }

    /** Chunks of a version lie side by side, so what is read between them is next to nothing. */
    private static void fetch(
            Consumer<byte[], byte[]> reader, TopicPartition partition, NavigableSet<Long> wanted, List<byte[]> chunks) {
        reader.assign(List.of(partition));
        reader.seek(partition, wanted.first());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reader.position(partition) <= wanted.last()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.value() != null && wanted.contains(record.offset())) {
                    chunks.add(record.value());
                }
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("No chunk came from " + partition + " for " + PATIENCE.toSeconds() + " s");
            }
        }
    }
}

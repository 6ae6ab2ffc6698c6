package dev.hemline.classifier.lifecycle;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.TopicReader.StalledException;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Chunks from the brokers. A reader lives as long as one fetch: models come seldom. */
public final class TopicChunks {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<TopicReader> readers;

    TopicChunks(Supplier<TopicReader> readers) {
        this.readers = readers;
    }

    public static TopicChunks on(KafkaSettings kafka) {
        return new TopicChunks(() ->
                new TopicReader(kafka.client(Map.of("default.api.timeout.ms", Math.toIntExact(PATIENCE.toMillis())))));
    }

    /**
     * The encoded chunks at these places, in any order; those that are not there any more are left out. Chunks of a version
     * lie side by side, so what is read between them is next to nothing.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers do not answer
     */
    public List<byte[]> fetch(List<ChunkPlace> places) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (ChunkPlace place : places) {
            var partition = new TopicPartition(Topics.MODELS.name(), place.partition());
            begins.merge(partition, place.offset(), Math::min);
            ends.merge(partition, place.offset() + 1, Math::max);
        }
        Set<ChunkPlace> wanted = Set.copyOf(places);
        List<byte[]> chunks = new ArrayList<>();
        try (TopicReader reader = readers.get()) {
            reader.from(begins).readTo(ends, PATIENCE, record -> {
                if (record.value() != null && wanted.contains(new ChunkPlace(record.partition(), record.offset()))) {
                    chunks.add(record.value());
                }
            });
        } catch (StalledException e) {
            throw new TimeoutException(
                    "No chunk came from " + Topics.MODELS + " for " + PATIENCE.toSeconds() + " s", e);
        }
        return chunks;
    }
}

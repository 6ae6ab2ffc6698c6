package dev.hemline.testbed.tap;

import static java.util.stream.Collectors.toMap;

import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** An independent read_committed reader of whole topics, all partitions of each. For one thread, as its consumer is. */
public final class TopicTap implements AutoCloseable {
    /** How long brokers may take to answer before they count as not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Map<String, Object> READER = Map.of(
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            "false",
            "default.api.timeout.ms",
            Math.toIntExact(PATIENCE.toMillis()));

    private final Consumer<byte[], byte[]> consumer;

    private TopicTap(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Reads what is committed from now on.
     *
     * @throws UserError if no broker answers or a topic is missing
     */
    public static TopicTap fromNow(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        return open(kafka, topics, Consumer::seekToEnd);
    }

    /** Reads what is there and what comes; fails as {@link #fromNow} does. */
    public static TopicTap fromBeginning(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        return open(kafka, topics, Consumer::seekToBeginning);
    }

    /** Reads from given offsets on. */
    public static TopicTap from(KafkaSettings kafka, Map<TopicPartition, Long> offsets) {
        Consumer<byte[], byte[]> consumer = consumer(kafka);
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        return new TopicTap(consumer);
    }

    private static TopicTap open(
            KafkaSettings kafka,
            Collection<? extends Topic<?, ?>> topics,
            BiConsumer<Consumer<byte[], byte[]>, List<TopicPartition>> seek) {
        Consumer<byte[], byte[]> consumer = consumer(kafka);
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> partitions.addAll(partitions(consumer, topic)));
            consumer.assign(partitions);
            seek.accept(consumer, partitions);
            // Seeking is lazy; asking for the positions makes "now" the time of this call.
            partitions.forEach(consumer::position);
            return new TopicTap(consumer);
        } catch (TimeoutException e) {
            consumer.close();
            throw KafkaProblem.error(kafka, e);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        try {
            return new KafkaConsumer<>(kafka.client(READER), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic<?, ?> topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic.name());
        if (found == null || found.isEmpty()) {
            throw new UserError("Topic " + topic + " is not there yet; './hemline classifier' makes it when it starts");
        }
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** What was committed since, waiting for something as long as {@code timeout}. */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** The offset of the next record of every partition. */
    public Map<TopicPartition, Long> positions() {
        return consumer.assignment().stream().collect(toMap(partition -> partition, consumer::position));
    }

    @Override
    public void close() {
        consumer.close();
    }
}

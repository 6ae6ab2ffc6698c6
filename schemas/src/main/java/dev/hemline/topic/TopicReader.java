package dev.hemline.topic;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is committed on topics, all partitions of each, keys and values as bytes: no group, nothing left behind. For one
 * thread, as its consumer is. Every call may throw a {@link KafkaException}, a {@link TimeoutException} if no broker answers.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final SchemaTopic writers;
    /** Open from the first question on that a consumer cannot answer. */
    private @Nullable Admin admin;

    /** @param client properties of a Kafka client, at least {@code bootstrap.servers} */
    public TopicReader(Map<String, Object> client) {
        this(client, consumer(client, "read_committed"));
    }

    TopicReader(Map<String, Object> client, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        this.client = client;
        this.consumer = consumer;
        this.writers = SchemaTopic.on(client);
    }

    /** One that does not wait for transactions to be committed, for whoever wants to know how long others wait for that. */
    public static TopicReader uncommitted(Map<String, Object> client) {
        return new TopicReader(client, consumer(client, "read_uncommitted"));
    }

    private static org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer(
            Map<String, Object> client, String isolation) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new BoundedConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Nothing more came, though there is more to read: a transaction that does not end keeps it back, or brokers do. */
    public static final class StalledException extends KafkaException {
        StalledException(TopicPartition partition, long end, Duration patience) {
            super("Topic " + partition.topic() + " was not read to offset " + end + " within " + patience.toSeconds()
                    + " s; is there a transaction that does not end?");
        }
    }

    /**
     * Goes to what is there and what comes.
     *
     * @return this reader
     * @throws UnknownTopicOrPartitionException naming the topic that is missing
     */
    public TopicReader fromBeginning(Collection<? extends Topic<?, ?>> topics) {
        List<TopicPartition> partitions = partitions(topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return this;
    }

    /**
     * Goes to what is committed from now on.
     *
     * @return this reader
     * @throws UnknownTopicOrPartitionException naming the topic that is missing
     */
    public TopicReader fromNow(Collection<? extends Topic<?, ?>> topics) {
        List<TopicPartition> partitions = partitions(topics);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the positions makes "now" the time of this call.
        partitions.forEach(consumer::position);
        return this;
    }

    /** Goes to these offsets; partitions that are not among them are not read. Gives this reader. */
    public TopicReader from(Map<TopicPartition, Long> offsets) {
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        return this;
    }

    /** What other releases wrote their events with, by the same brokers. They are asked when one is met. */
    public WriterSchemas writers() {
        return writers;
    }

    /** What was committed since, waiting for something as long as {@code timeout}. */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** How many records are still to come of the partition that has most of them, as far as brokers have told. */
    public long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .max()
                .orElse(0);
    }

    /** Where topics end for readers of committed records: at the first that still waits for its transaction, if any does. */
    public Map<TopicPartition, Long> stableEnds(Collection<? extends Topic<?, ?>> topics) {
        return consumer.endOffsets(partitions(topics));
    }

    /** Where what was written at a time or later begins, by the time in records; where a partition has none, its stable end. */
    public Map<TopicPartition, Long> offsetsAt(Collection<? extends Topic<?, ?>> topics, Instant time) {
        Map<TopicPartition, Long> found = new HashMap<>(stableEnds(topics));
        Map<TopicPartition, Long> times =
                found.keySet().stream().collect(toMap(partition -> partition, partition -> time.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, at) -> {
            if (at != null) {
                found.merge(partition, at.offset(), Math::min);
            }
        });
        return found;
    }

    /** The offset after the last record written (the high watermark), whether its transaction has ended or not. */
    public Map<TopicPartition, Long> writtenEnds(Collection<? extends Topic<?, ?>> topics) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions(topics).stream().collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return told(topics, asked -> asked.listOffsets(latest).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /**
     * Another one than before if the topic was deleted and made anew.
     *
     * @throws UnknownTopicOrPartitionException if the topic is missing
     */
    public Uuid id(Topic<?, ?> topic) {
        List<Topic<?, ?>> only = List.of(topic);
        partitions(only);
        return told(only, asked -> asked.describeTopics(List.of(topic.name())).allTopicNames()).values().stream()
                .findFirst()
                .orElseThrow()
                .topicId();
    }

    private <T> T told(Collection<? extends Topic<?, ?>> topics, Function<Admin, KafkaFuture<T>> question) {
        try {
            if (admin == null) {
                admin = Admin.create(client);
            }
            return question.apply(admin).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                throw refused;
            }
            throw new KafkaException("Cannot read topics " + topics + ": " + e.getMessage(), e.getCause());
        }
    }

    /**
     * Reads every record from the topic's beginning to its stable end as of this call.
     *
     * @param patience how long brokers may take to hand out the next record
     * @throws UnknownTopicOrPartitionException if the topic is missing
     * @throws StalledException if they take longer
     */
    public void readAll(Topic<?, ?> topic, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        fromBeginning(List.of(topic)).readTo(stableEnds(List.of(topic)), patience, each);
    }

    /**
     * Reads on to these offsets, each partition in order; of partitions that are not among them, nothing.
     *
     * @param patience how long brokers may take to hand out the next record
     * @throws StalledException if they take longer
     */
    public void readTo(
            Map<TopicPartition, Long> ends, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readTo(ends, patience, Long.MAX_VALUE, each);
    }

    /**
     * The same, and less where it is much.
     *
     * @param mostBytes of values, after which no more is fetched
     */
    public void readTo(
            Map<TopicPartition, Long> ends,
            Duration patience,
            long mostBytes,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long bytes = 0;
        long deadline = System.nanoTime() + patience.toNanos();
        for (Optional<TopicPartition> behind = behind(ends);
                behind.isPresent() && bytes < mostBytes;
                behind = behind(ends)) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(TICK);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                bytes += record.value() == null ? 0 : record.value().length;
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    each.accept(record);
                }
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new StalledException(behind.get(), ends.getOrDefault(behind.get(), 0L), patience);
            }
        }
    }

    private Optional<TopicPartition> behind(Map<TopicPartition, Long> ends) {
        return consumer.assignment().stream()
                .filter(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))
                .findFirst();
    }

    /**
     * One record; what was read before has to be gone to anew.
     *
     * @return empty if it is not there any more, never was, or is not committed
     * @throws StalledException if brokers do not hand it out in time
     */
    public Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long offset, Duration patience) {
        List<TopicPartition> only = List.of(partition);
        long first = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
        if (offset < first || offset >= end) {
            return Optional.empty();
        }
        from(Map.of(partition, offset));
        long deadline = System.nanoTime() + patience.toNanos();
        while (consumer.position(partition) <= offset) {
            if (System.nanoTime() - deadline > 0) {
                throw new StalledException(partition, offset + 1, patience);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * The partitions of topics.
     *
     * @throws UnknownTopicOrPartitionException naming the topic that is missing
     */
    public List<TopicPartition> partitions(Collection<? extends Topic<?, ?>> topics) {
        return topics.stream()
                .flatMap(topic -> {
                    var found = consumer.partitionsFor(topic.name());
                    if (found == null || found.isEmpty()) {
                        throw new UnknownTopicOrPartitionException("Topic " + topic + " is not there");
                    }
                    return found.stream();
                })
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
        writers.close();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.topic.BoundedConsumer;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small compacted topic by which instances tell each other something, to read as far as it goes and to write on. Connects
 * when it is first needed. Thread-safe; a reader holds up nobody who writes or closes. Every call may throw a
 * {@link KafkaException}: a {@link TimeoutException} if brokers take longer than the patience, any other one if they or
 * their settings refuse, or after {@link #close()}.
 */
public final class CompactedTopic<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
    private static final Duration TICK = Duration.ofMillis(100);
    static final Duration CLOSE_TIMEOUT = Duration.ofMillis(900);

    /** Several times the longest names of an application, a model and an instance. */
    static final int MAX_KEY_BYTES = 4 << 10;
    /** Several times what anybody has to tell here. */
    static final int MAX_VALUE_BYTES = 64 << 10;

    private final Topic<String, V> topic;
    private final Predicate<String> wanted;
    private final Duration patience;
    private final SchemaTopic writers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TopicWriter<V> writer;
    private final LogThrottle line = new LogThrottle();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param wanted which keys; what others have is neither decoded nor given on
     * @param patience how long a call may take
     */
    public CompactedTopic(KafkaSettings kafka, Topic<String, V> topic, Predicate<String> wanted, Duration patience) {
        this(
                topic,
                wanted,
                patience,
                SchemaTopic.on(kafka.client(Map.of())),
                () -> consumer(kafka, patience),
                () -> TopicWriter.producer(kafka, topic, patience));
    }

    CompactedTopic(
            Topic<String, V> topic,
            Predicate<String> wanted,
            Duration patience,
            SchemaTopic writers,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<String, V>> producers) {
        this.topic = topic.reading(writers);
        this.writers = writers;
        this.wanted = wanted;
        this.patience = patience;
        this.consumers = consumers;
        writer = new TopicWriter<>(topic, patience, producers);
    }

    // What the patience hangs on wins over people's own settings, some of which Kafka would not even take beside it.

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, Duration patience) {
        Map<String, Object> settings = kafka.client(Map.of());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(oneBroker(patience)));
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(patience));
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Nothing of ours is written in a transaction here, and a stranger's that stays open must keep nobody waiting.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new BoundedConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** One that is silent must not use up the time in which another one would answer. */
    static Duration oneBroker(Duration patience) {
        return patience.dividedBy(2);
    }

    static int millis(Duration patience) {
        return Math.toIntExact(patience.toMillis());
    }

    /**
     * Reads what is there now and was not read before, in the order in which each partition has it; null is a tombstone. Who
     * may write here may write anything: what is too large or cannot be decoded is passed over, and what does not end
     * within the patience is read on by the next call.
     *
     * @throws UnknownTopicOrPartitionException if the topic is missing
     */
    public void readNew(BiConsumer<String, @Nullable V> each) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!reading.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException("Topic " + topic + " is being read by somebody else");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        try {
            requireOpen();
            readTo(deadline, open(deadline), each);
        } catch (WakeupException e) {
            throw closedHere(e);
        } finally {
            if (closed) {
                closeConsumer();
            }
            reading.unlock();
        }
    }

    private Consumer<byte[], byte[]> open(long deadline) {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = consumers.get();
            consumer = open;
            requireOpen();
        }
        if (open.assignment().isEmpty()) {
            var found = open.partitionsFor(topic.name(), left(deadline));
            if (found == null || found.isEmpty()) {
                throw new UnknownTopicOrPartitionException("Topic " + topic + " is not there");
            }
            List<TopicPartition> partitions = found.stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            open.assign(partitions);
            open.seekToBeginning(partitions);
        }
        return open;
    }

    private void readTo(long deadline, Consumer<byte[], byte[]> open, BiConsumer<String, @Nullable V> each) {
        Map<TopicPartition, Long> ends = open.endOffsets(open.assignment(), left(deadline));
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicPartition partition = end.getKey();
            if (open.position(partition, left(deadline)) > end.getValue()) {
                // It was made anew.
                open.seekToBeginning(List.of(partition));
            }
            while (open.position(partition, left(deadline)) < end.getValue()) {
                give(open.poll(TICK), open, each);
            }
        }
    }

    private void give(
            ConsumerRecords<byte[], byte[]> records,
            Consumer<byte[], byte[]> open,
            BiConsumer<String, @Nullable V> each) {
        Map<TopicPartition, Long> unread = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            unread.put(partition, records.records(partition).get(0).offset());
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                give(record, each);
                unread.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        } catch (KafkaException e) {
            // A schema could not be looked up; the next call tries again.
            unread.forEach(open::seek);
            throw e;
        }
    }

    private Duration left(long deadline) {
        requireOpen();
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new TimeoutException(
                    "Topic " + topic + " was not read to its end within " + patience.toMillis() + " ms");
        }
        return Duration.ofNanos(left);
    }

    private void give(ConsumerRecord<byte[], byte[]> record, BiConsumer<String, @Nullable V> each) {
        if (record.key() == null || record.key().length > MAX_KEY_BYTES) {
            return;
        }
        String key = new String(record.key(), UTF_8);
        if (!wanted.test(key)) {
            return;
        }
        V value;
        try {
            value = record.value() == null ? null : decoded(record.value());
        } catch (UndecodableEventException e) {
            if (line.isDue(topic.name())) {
                LOG.warn("Passed over offset {} of topic {}: {}", record.offset(), topic, e.getMessage());
            }
            return;
        }
        each.accept(key, value);
    }

    private V decoded(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new UndecodableEventException(value.length + " bytes, and " + MAX_VALUE_BYTES + " are taken");
        }
        return topic.valueSerde().deserializer().deserialize(topic.name(), value);
    }

    /** Writes a record and waits until brokers have it for good; null is a tombstone. */
    public void write(String key, @Nullable V value) {
        writer.write(key, value);
    }

    /**
     * Writes a record that nobody waits for; null is a tombstone. That it could not be written shows in nothing but the log
     * of level DEBUG. Waits only where brokers are asked about the topic for the first time.
     */
    public void send(String key, @Nullable V value) {
        writer.send(key, value);
    }

    private void requireOpen() {
        if (closed) {
            throw closedHere(null);
        }
    }

    private KafkaException closedHere(@Nullable Exception e) {
        return new KafkaException("Topic " + topic + " is closed here", e);
    }

    /** Within two seconds, whoever reads; what was sent is written if brokers take it by then. */
    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
        writer.close();
        try {
            // A reader that stays for longer closes it when it leaves.
            if (reading.tryLock(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    closeConsumer();
                } finally {
                    reading.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeConsumer() {
        Consumer<byte[], byte[]> reader = consumer;
        consumer = null;
        writers.close();
        if (reader != null) {
            reader.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}

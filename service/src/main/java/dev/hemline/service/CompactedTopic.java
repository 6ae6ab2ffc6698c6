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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(900);

    /** Several times the longest names of an application, a model and an instance. */
    static final int MAX_KEY_BYTES = 4 << 10;
    /** Several times what anybody has to tell here. */
    static final int MAX_VALUE_BYTES = 64 << 10;

    private final Topic<String, V> topic;
    private final Predicate<String> wanted;
    private final Duration patience;
    private final SchemaTopic writers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Producer<String, V>> producers;
    private final LogThrottle line = new LogThrottle();
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicReference<@Nullable Producer<String, V>> producer = new AtomicReference<>();
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
                () -> producer(kafka, topic, patience));
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
        this.producers = producers;
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

    private static <V> Producer<String, V> producer(KafkaSettings kafka, Topic<String, V> topic, Duration patience) {
        Map<String, Object> settings = kafka.client(Map.of());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(oneBroker(patience)));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(patience));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(patience));
        return new KafkaProducer<>(
                settings, topic.keySerde().serializer(), topic.valueSerde().serializer());
    }

    /** One that is silent must not use up the time in which another one would answer. */
    private static Duration oneBroker(Duration patience) {
        return patience.dividedBy(2);
    }

    private static int millis(Duration patience) {
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
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            sent(key, value).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException("Not written to topic " + topic, e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("Nothing is known of what was written to topic " + topic, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Writes a record that nobody waits for; null is a tombstone. That it could not be written shows in nothing but the log
     * of level DEBUG. Waits only where brokers are asked about the topic for the first time.
     */
    public void send(String key, @Nullable V value) {
        try {
            var unused = sent(key, value);
        } catch (KafkaException e) {
            LOG.debug("Not written to topic {}: {}", topic, key, e);
        }
    }

    private Future<?> sent(String key, @Nullable V value) {
        try {
            return producer().send(new ProducerRecord<>(topic.name(), key, value), (at, failure) -> {
                if (failure != null) {
                    LOG.debug("Not written to topic {}: {}", topic, key, failure);
                }
            });
        } catch (IllegalStateException e) {
            // It was closed meanwhile.
            throw closedHere(e);
        }
    }

    private Producer<String, V> producer() {
        requireOpen();
        Producer<String, V> open = producer.get();
        if (open == null) {
            open = producers.get();
            if (!producer.compareAndSet(null, open)) {
                open.close(Duration.ZERO);
                return producer();
            }
            if (closed) {
                open.close(Duration.ZERO);
            }
        }
        return open;
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
        Producer<String, V> writer = producer.get();
        if (writer != null) {
            writer.close(CLOSE_TIMEOUT);
        }
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

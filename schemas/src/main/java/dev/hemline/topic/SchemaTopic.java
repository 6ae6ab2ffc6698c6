package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writers' schemas on topic {@code schemas}. Whoever writes events puts theirs there first; whoever meets a fingerprint that it
 * does not know reads what is new there. Only what has the fingerprint that its key says is believed, and no more than {@value
 * #MOST_KEPT} of those; anybody may write anything. Thread-safe.
 */
public final class SchemaTopic implements WriterSchemas, AutoCloseable {
    /** How long brokers may take for the next record. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long it is believed that a schema is not there, so that events of nobody's schema cost one look in a while. */
    private static final long MISS_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_MISSES = 256;
    static final int MOST_KEPT = 1_000;
    private static final long MOST_BYTES = 16 << 20;

    private final Supplier<TopicReader> readers;
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<Long, WritersSchema> known = new ConcurrentHashMap<>();
    /** When it was told last that a schema is not there, by {@link System#nanoTime}. */
    private final Map<Long, Long> misses = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST_MISSES;
        }
    });

    /** Open from the first look on, so that one more costs a question to a broker. Guarded by this. */
    private @Nullable TopicReader reader;

    private long bytes;
    private boolean wasThere;

    SchemaTopic(Supplier<TopicReader> readers) {
        this.readers = readers;
    }

    /**
     * Connects to nothing before a schema is looked for.
     *
     * @param client properties of a Kafka client, at least {@code bootstrap.servers}
     */
    public static SchemaTopic on(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("default.api.timeout.ms", Math.toIntExact(PATIENCE.toMillis()));
        properties.put("request.timeout.ms", Math.toIntExact(PATIENCE.toMillis()));
        return new SchemaTopic(() -> new TopicReader(properties));
    }

    /**
     * Puts schemas on the topic, which has to be there, and waits until brokers have them.
     *
     * @throws KafkaException if they do not take them
     */
    public static void put(Map<String, Object> client, Collection<Schema> schemas) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // The same again does no harm.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Schema schema : schemas) {
                String key = key(SchemaNormalization.parsingFingerprint64(schema));
                sent.add(producer.send(new ProducerRecord<>(Topics.SCHEMAS.name(), key, schema.toString())));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException("Not written to topic " + Topics.SCHEMAS, e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static String key(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /**
     * Looks there, for some seconds at most, unless it did lately.
     *
     * @throws NotYetReadableException if brokers do not answer
     * @throws KafkaException if they refuse
     */
    @Override
    public Optional<WritersSchema> find(long fingerprint) {
        Optional<Optional<WritersSchema>> told = told(fingerprint);
        if (told.isPresent()) {
            return told.get();
        }
        try {
            readNew();
            Optional<WritersSchema> schema = Optional.ofNullable(known.get(fingerprint));
            (schema.isPresent() ? found : missing).incrementAndGet();
            if (schema.isEmpty()) {
                misses.put(fingerprint, System.nanoTime());
            }
            return schema;
        } catch (AuthorizationException | AuthenticationException e) {
            failed.incrementAndGet();
            throw e;
        } catch (KafkaException e) {
            failed.incrementAndGet();
            throw new NotYetReadableException("The schema with fingerprint " + key(fingerprint)
                    + " cannot be looked up on topic " + Topics.SCHEMAS + ": " + e.getMessage());
        }
    }

    /** What needs no look; empty if one is due. */
    private Optional<Optional<WritersSchema>> told(long fingerprint) {
        WritersSchema schema = known.get(fingerprint);
        if (schema != null) {
            return Optional.of(Optional.of(schema));
        }
        Long missed = misses.get(fingerprint);
        return missed != null && System.nanoTime() - missed < MISS_NANOS
                ? Optional.of(Optional.empty())
                : Optional.empty();
    }

    /** @throws AuthorizationException if brokers refuse, which they would do again when it is too late */
    public void requireReadable() {
        try {
            readNew();
        } catch (AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (KafkaException e) {
            // Whoever needs a schema tries again.
            failed.incrementAndGet();
        }
    }

    private synchronized void readNew() {
        List<Topic<?, ?>> topic = List.of(Topics.SCHEMAS);
        boolean whole = false;
        try {
            if (reader == null) {
                reader = readers.get();
                reader.fromBeginning(topic);
            }
            Map<TopicPartition, Long> ends = reader.stableEnds(topic);
            if (reader.isBehind(ends)) {
                // Another topic of this name: it was made anew.
                reader.fromBeginning(topic);
            }
            reader.readTo(ends, PATIENCE, this::keep);
            whole = true;
            wasThere = true;
        } catch (UnknownTopicOrPartitionException e) {
            // Then nobody has told of any, unless a broker has yet to hear of it.
            if (wasThere) {
                throw e;
            }
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /** The first that is right: who writes over it later changes nothing. */
    private void keep(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] text = record.value();
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        try {
            if (text == null || known.containsKey(HexFormat.fromHexDigitsToLong(key))) {
                return;
            }
            WritersSchema schema = WritersSchema.parse(new String(text, UTF_8));
            if (!key(schema.fingerprint()).equals(key)) {
                throw new UnknownSchemaException("its fingerprint is " + key(schema.fingerprint()));
            }
            bytes += text.length;
            if (known.size() >= MOST_KEPT || bytes > MOST_BYTES) {
                throw new UnknownSchemaException("there are more than are kept");
            }
            known.put(schema.fingerprint(), schema);
        } catch (UnknownSchemaException | IllegalArgumentException e) {
            refused.incrementAndGet();
        }
    }

    /**
     * The same for a thread that must not wait: until {@code executor} has looked, a schema is {@link NotYetReadableException}, and as
     * long as that fails, it is tried again.
     *
     * @param trouble hears why it failed
     */
    public WriterSchemas withoutWaiting(Executor executor, Consumer<Throwable> trouble) {
        Set<Long> underWay = ConcurrentHashMap.newKeySet();
        return fingerprint -> {
            Optional<Optional<WritersSchema>> told = told(fingerprint);
            if (told.isPresent()) {
                return told.get();
            }
            if (underWay.add(fingerprint)) {
                executor.execute(() -> {
                    try {
                        find(fingerprint);
                    } catch (RuntimeException | Error e) {
                        trouble.accept(e);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    } finally {
                        underWay.remove(fingerprint);
                    }
                });
            }
            throw new NotYetReadableException(
                    "The schema with fingerprint " + key(fingerprint) + " is being looked up");
        };
    }

    /** Looks that found a schema. */
    public long found() {
        return found.get();
    }

    /** Looks that found none. */
    public long missing() {
        return missing.get();
    }

    /** Looks that brokers did not answer. */
    public long failed() {
        return failed.get();
    }

    /** Records that were not what their key says. */
    public long refused() {
        return refused.get();
    }

    /** Until the next look. */
    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}

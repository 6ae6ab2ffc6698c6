package dev.hemline.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writers' schemas on topic {@code schemas}. Whoever writes events puts theirs there first; whoever meets a fingerprint that it does not
 * know looks for it there. The topic is read once: of each fingerprint is kept where it stands, so that one that nobody has put there costs
 * a question to a broker, however much stands there. Anybody may write anything there: only what has the fingerprint that its key
 * says is believed, and no schema is kept that was not asked for, so that nobody fills places which others need. Thread-safe.
 */
public final class SchemaTopic implements WriterSchemas, AutoCloseable {
    /** How long a look may take; the next one reads on where it ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long it is believed that a schema is not there, so that events of nobody's schema cost one look in a while. */
    private static final long MISS_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_MISSES = 10_000;
    /** Of which each may take a megabyte; whichever is not needed for longest is looked for again. */
    static final int MOST_KEPT = 100;

    private final Supplier<TopicReader> readers;
    private final Duration patience;
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Map<Long, WritersSchema> known = newest(MOST_KEPT);
    /** When it was told last that a schema is not there, by {@link System#nanoTime}. */
    private final Map<Long, Long> misses = newest(MOST_MISSES);
    /** What others have asked for; one look answers all of it. */
    private final Set<Long> wanted = ConcurrentHashMap.newKeySet();

    /** Open from the first look on, so that one more costs a few questions to a broker. Guarded by this. */
    private @Nullable TopicReader reader;
    /** Guarded by this. */
    private final SchemaIndex index;

    /** Keeps so many, those that were needed last. Thread-safe. */
    static <V> Map<Long, V> newest(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > most;
            }
        });
    }

    SchemaTopic(Supplier<TopicReader> readers, Function<TopicReader, Uuid> ids, Duration patience) {
        this.readers = readers;
        this.patience = patience;
        index = new SchemaIndex(ids);
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
        // Whose transaction stays open must keep nobody waiting; what is right is told by its fingerprint.
        return new SchemaTopic(
                () -> TopicReader.uncommitted(properties), reader -> reader.id(Topics.SCHEMAS), PATIENCE);
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

    static String key(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /**
     * Looks there, for some seconds at most, unless it did lately.
     *
     * @throws NotYetReadableException if brokers do not answer, or there is more than can be read in that time
     * @throws KafkaException if they refuse
     */
    @Override
    public Optional<WritersSchema> find(long fingerprint) {
        try {
            return told(fingerprint).orElseGet(() -> look(fingerprint));
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

    private synchronized Optional<WritersSchema> look(long fingerprint) {
        // Another one's look may have told meanwhile.
        return told(fingerprint).orElseGet(() -> ask(open -> look(open, fingerprint)));
    }

    private Optional<WritersSchema> look(TopicReader open, long fingerprint) {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<Long> asked = new HashSet<>(wanted);
        asked.add(fingerprint);
        Optional<WritersSchema> schema = index.find(open, fingerprint, deadline);
        if (schema.isEmpty()) {
            index.readOn(open, deadline);
            schema = index.find(open, fingerprint, deadline);
            asked.removeIf(index::has);
            asked.forEach(one -> misses.put(one, System.nanoTime()));
            missing.addAndGet(asked.size());
        }
        schema.ifPresent(one -> {
            known.put(fingerprint, one);
            found.incrementAndGet();
        });
        return schema;
    }

    /** @throws AuthorizationException if brokers refuse, which they would do again when it is too late */
    public void requireReadable() {
        try {
            ask(open -> {
                index.readOn(open, System.nanoTime() + patience.toNanos());
                return Optional.empty();
            });
        } catch (AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (KafkaException e) {
            // Whoever needs a schema tries again.
            failed.incrementAndGet();
        }
    }

    private synchronized Optional<WritersSchema> ask(Function<TopicReader, Optional<WritersSchema>> question) {
        boolean answered = false;
        try {
            TopicReader open = reader == null ? readers.get() : reader;
            reader = open;
            Optional<WritersSchema> answer = question.apply(open);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    /**
     * The same for a thread that must not wait: until {@code executor} has looked, a schema is {@link NotYetReadableException}, and as
     * long as that fails, it is tried again.
     *
     * @param trouble hears why it failed
     */
    public WriterSchemas withoutWaiting(Executor executor, Consumer<Throwable> trouble) {
        return fingerprint -> {
            Optional<Optional<WritersSchema>> told = told(fingerprint);
            if (told.isPresent()) {
                return told.get();
            }
            if (wanted.add(fingerprint)) {
                executor.execute(() -> {
                    try {
                        find(fingerprint);
                    } catch (RuntimeException | Error e) {
                        trouble.accept(e);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    } finally {
                        wanted.remove(fingerprint);
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

    /** How often a record was not what its key says when that was looked for, or had been met before. */
    public long refused() {
        return index.refused();
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

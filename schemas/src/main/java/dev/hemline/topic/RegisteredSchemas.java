package dev.hemline.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads events that travel with the id of their writer's schema in a registry. An id's schema never changes, so each is asked
 * for once and kept. Thread-safe.
 */
public final class RegisteredSchemas {
    /** A registry has some thousands of ids, of which one topic needs a few; strangers can make up as many as they like. */
    private static final int MOST_KEPT = 1_000;

    /** Before an id is asked for again that was none: somebody may register it meanwhile. */
    private static final long REFUSED_NANOS = Duration.ofSeconds(30).toNanos();

    private final Registry registry;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private final Map<Integer, Kept> byId;

    /** Where schemas are kept by id. */
    @FunctionalInterface
    public interface Registry {
        /**
         * The schema of an id, whenever that can be told: a registry that is away is asked again and again. Fails with an
         * {@link UnknownSchemaException} if the registry says that it has none, or has one of no use.
         */
        CompletableFuture<WritersSchema> schema(int id);
    }

    /** What is known of an id, and by our own schemas' names how they are read from it. */
    private static final class Kept {
        private final CompletableFuture<WritersSchema> schema;
        private final Map<String, SpecificDatumReader<?>> readers = new ConcurrentHashMap<>();
        private volatile long toldNanos;

        /** An answer may take long, and is as old as it is. */
        Kept(CompletableFuture<WritersSchema> answer, LongSupplier nanoTime) {
            schema = answer.whenComplete((told, refused) -> toldNanos = nanoTime.getAsLong());
        }
    }

    public RegisteredSchemas(Registry registry) {
        this(registry, System::nanoTime);
    }

    RegisteredSchemas(Registry registry, LongSupplier nanoTime) {
        this(registry, nanoTime, Duration.ZERO, new ConcurrentHashMap<>());
    }

    private RegisteredSchemas(Registry registry, LongSupplier nanoTime, Duration patience, Map<Integer, Kept> byId) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.patience = patience;
        this.byId = byId;
    }

    /** The same for a reader that has nothing else to do: it waits so long before an event is {@link NotYetReadableException}. */
    public RegisteredSchemas waiting(Duration atMost) {
        return new RegisteredSchemas(registry, nanoTime, atMost, byId);
    }

    /** Where no registry is asked: events of that kind are refused. */
    public static RegisteredSchemas none() {
        return new RegisteredSchemas(id -> CompletableFuture.failedFuture(
                new UnknownSchemaException("it has a schema registry's framing (magic 00, schema id " + id
                        + "), and no registry is asked here; start whatever reads it with --schema-registry URL, or"
                        + " send Avro single-object encoding (C3 01)")));
    }

    /**
     * The event that travelled as {@code bytes}, beginning with {@code 00}.
     *
     * @throws NotYetReadableException if the registry has not told its schema yet
     * @throws UnknownSchemaException if the registry has no such schema, or none that resolves to this event's
     * @throws UndecodableEventException if its body is none of that schema
     */
    <T extends SpecificRecord> T decode(EventSerde<T> events, byte[] bytes) {
        try {
            return events.decode(reader(events, RegistryFraming.schemaId(bytes)), bytes, RegistryFraming.HEADER_BYTES);
        } catch (UnknownSchemaException e) {
            throw new UnknownSchemaException("Not a readable " + events.schema().getName() + ": " + e.getMessage(), e);
        }
    }

    private <T extends SpecificRecord> SpecificDatumReader<T> reader(EventSerde<T> events, int id) {
        Kept kept = kept(id);
        WritersSchema written = known(kept, id);
        @SuppressWarnings("unchecked") // under this name there is no other
        var reader = (SpecificDatumReader<T>)
                kept.readers.computeIfAbsent(events.schema().getFullName(), name -> written.readerOf(events.schema()));
        return reader;
    }

    private Kept kept(int id) {
        Kept kept = byId.get(id);
        if (kept != null && isOutdated(kept)) {
            byId.remove(id, kept);
            kept = null;
        }
        if (kept != null) {
            return kept;
        }
        if (byId.size() >= MOST_KEPT) {
            byId.clear();
        }
        return byId.computeIfAbsent(id, asked -> new Kept(registry.schema(id), nanoTime));
    }

    private boolean isOutdated(Kept kept) {
        return kept.schema.isCompletedExceptionally() && nanoTime.getAsLong() - kept.toldNanos >= REFUSED_NANOS;
    }

    private WritersSchema known(Kept kept, int id) {
        try {
            return kept.schema.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NotYetReadableException("The schema registry has not told schema " + id + " yet");
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownSchemaException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(
                    "Schema " + id + " was not fetched", Objects.requireNonNullElse(e.getCause(), e));
        }
    }
}

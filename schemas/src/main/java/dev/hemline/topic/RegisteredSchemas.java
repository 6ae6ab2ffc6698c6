package dev.hemline.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

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
    private final Map<Integer, Kept> byId = new ConcurrentHashMap<>();

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
    private record Kept(
            CompletableFuture<WritersSchema> schema, long sinceNanos, Map<String, SpecificDatumReader<?>> readers) {}

    public RegisteredSchemas(Registry registry) {
        this(registry, System::nanoTime);
    }

    RegisteredSchemas(Registry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /** Where no registry is asked: events of that kind are refused. */
    public static RegisteredSchemas none() {
        return new RegisteredSchemas(id -> CompletableFuture.failedFuture(
                new UnknownSchemaException("it has a schema registry's framing (magic 00, schema id " + id
                        + "), and no registry is asked here; start the classifier with --schema-registry URL, or send"
                        + " Avro single-object encoding (C3 01)")));
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
        @SuppressWarnings("unchecked") // under this name there is no other
        var reader = (SpecificDatumReader<T>) kept.readers.computeIfAbsent(
                events.schema().getFullName(), name -> known(kept, id).readerOf(events.schema()));
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
        return byId.computeIfAbsent(
                id, asked -> new Kept(registry.schema(id), nanoTime.getAsLong(), new ConcurrentHashMap<>()));
    }

    private boolean isOutdated(Kept kept) {
        return kept.schema.isCompletedExceptionally() && nanoTime.getAsLong() - kept.sinceNanos >= REFUSED_NANOS;
    }

    private static WritersSchema known(Kept kept, int id) {
        if (!kept.schema.isDone()) {
            throw new NotYetReadableException("The schema registry has not told schema " + id + " yet");
        }
        try {
            return kept.schema.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownSchemaException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(
                    "Schema " + id + " was not fetched", Objects.requireNonNullElse(e.getCause(), e));
        }
    }
}

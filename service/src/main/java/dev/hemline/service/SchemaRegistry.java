package dev.hemline.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hemline.topic.RegisteredSchemas;
import dev.hemline.topic.UnknownSchemaException;
import dev.hemline.topic.WritersSchema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry, asked over Confluent's REST interface, which others have too. As long as it gives no answer of its own, it
 * is asked again; only what it says itself, that there is no such schema, is an answer. Series
 * {@code hemline_schema_registry_wait_seconds} tells how long events have waited for one. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">its REST interface</a>
 */
public final class SchemaRegistry implements Readiness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    /** As long as events wait longer than need be. */
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private static final int MOST_DOUBLINGS = 5;
    private static final int MOST_REFERENCES = 50;

    private final Optional<RegistryClient> client;
    private final RegisteredSchemas schemas;
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("schema-registry");
    private final Map<Integer, Awaited> awaited = new ConcurrentHashMap<>();
    private final LogThrottle line = new LogThrottle();

    /** A schema that somebody waits for. */
    private static final class Awaited {
        private final int id;
        private final long sinceNanos = System.nanoTime();
        private final CompletableFuture<WritersSchema> schema = new CompletableFuture<>();
        private int times;
        /** Why there was no answer the last time. */
        private volatile @Nullable String why;

        Awaited(int id) {
            this.id = id;
        }
    }

    /** @param settings empty where no registry is asked */
    SchemaRegistry(Optional<SchemaRegistrySettings> settings, MeterRegistry metrics) {
        client = settings.map(RegistryClient::new);
        schemas = settings.isPresent() ? new RegisteredSchemas(this::schema) : RegisteredSchemas.none();
        Gauge.builder("hemline.schema.registry.wait", this, SchemaRegistry::waitSeconds)
                .description("How long events have waited for a schema from the registry; 0 while none do")
                .baseUnit("seconds")
                .register(metrics);
    }

    /** What is read with its help; nothing that needs one where there is none. */
    public RegisteredSchemas schemas() {
        return schemas;
    }

    CompletableFuture<WritersSchema> schema(int id) {
        if (id < 1) {
            return CompletableFuture.failedFuture(new UnknownSchemaException(
                    "schema id " + id + " is none, they begin at 1; the id is 4 bytes, big-endian, after one byte 00"));
        }
        Awaited added = new Awaited(id);
        Awaited present = awaited.putIfAbsent(id, added);
        if (present != null) {
            return present.schema;
        }
        thread.execute(() -> ask(added));
        return added.schema;
    }

    private void ask(Awaited one) {
        try {
            WritersSchema schema = fetched(one.id);
            answered(one);
            one.schema.complete(schema);
        } catch (UnknownSchemaException e) {
            answered(one);
            one.schema.completeExceptionally(e);
        } catch (IOException | RuntimeException | Error e) {
            askAgain(one, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answered(Awaited one) {
        awaited.remove(one.id);
        if (one.why != null && awaited.values().stream().allMatch(other -> other.why == null)) {
            LOG.info("The schema registry answers again, and what waited for it is read");
        }
    }

    private void askAgain(Awaited one, String why) {
        one.why = why;
        reasonNotReady().filter(line::isDue).ifPresent(LOG::warn);
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(one.times++, MOST_DOUBLINGS));
        if (!thread.isShutdown()) {
            var unused = thread.schedule(() -> ask(one), pause, TimeUnit.MILLISECONDS);
        }
    }

    private WritersSchema fetched(int id) throws IOException, InterruptedException {
        JsonNode answer = get(
                "/schemas/ids/" + id,
                "it has no schema with id " + id
                        + "; register the writer's schema there, or send to brokers whose classifiers ask the same registry");
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnknownSchemaException("schema " + id + " is not of type AVRO, and no other is read here");
        }
        List<String> texts = new ArrayList<>();
        addReferences(answer, new HashSet<>(), texts);
        texts.add(answer.get("schema").textValue());
        return WritersSchema.parse(texts);
    }

    /** Each type after those that it refers to itself. */
    private void addReferences(JsonNode schema, Set<String> seen, List<String> texts)
            throws IOException, InterruptedException {
        for (JsonNode reference : schema.path("references")) {
            String path = "/subjects/"
                    + RegistryClient.encoded(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (seen.add(path)) {
                if (seen.size() > MOST_REFERENCES) {
                    throw new UnknownSchemaException(
                            "its schema refers to more than " + MOST_REFERENCES + " others; write them into it");
                }
                JsonNode other = get(path, "its schema refers to what is not there: " + path);
                addReferences(other, seen, texts);
                texts.add(other.get("schema").textValue());
            }
        }
    }

    /**
     * What the registry has there.
     *
     * @throws UnknownSchemaException if it says that there is nothing, with {@code unknown} as the message
     * @throws IOException if it gives no answer that could be a registry's
     */
    private JsonNode get(String path, String unknown) throws IOException, InterruptedException {
        RegistryAnswer answer;
        try {
            answer = client().get(path);
        } catch (LimitedBody.TooLargeException e) {
            throw new UnknownSchemaException("its schema is longer than any that is read: " + e.getMessage());
        }
        if (answer.isOk() && answer.body().path("schema").isTextual()) {
            return answer.body();
        }
        if (answer.isNotThere()) {
            throw new UnknownSchemaException(unknown);
        }
        throw new IOException(answer.why());
    }

    private RegistryClient client() {
        return client.orElseThrow();
    }

    /**
     * The id that a schema of ours has under a subject.
     *
     * @param register whether to put it there first
     * @throws UserError if it is not there, or the registry does not take it
     * @throws IOException if the registry gives no answer of its own
     */
    int id(String subject, Schema schema, boolean register) throws IOException {
        try {
            return new RegistrySubject(client(), subject, schema).id(register);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while asking the schema registry", e);
        }
    }

    /** Whether there is one to be asked. */
    boolean isThere() {
        return client.isPresent();
    }

    private double waitSeconds() {
        long now = System.nanoTime();
        return awaited.values().stream()
                        .mapToLong(one -> now - one.sinceNanos)
                        .max()
                        .orElse(0)
                / 1e9;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return awaited.values().stream()
                .filter(one -> one.why != null)
                .findFirst()
                .map(one -> "events wait for schema " + one.id + " of the schema registry at " + client().url() + ": "
                        + one.why + "; it is asked again and again");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

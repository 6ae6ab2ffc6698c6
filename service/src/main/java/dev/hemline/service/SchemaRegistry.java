package dev.hemline.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hemline.topic.RegisteredSchemas;
import dev.hemline.topic.UnknownSchemaException;
import dev.hemline.topic.WritersSchema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/**
 * A schema registry, asked over Confluent's REST interface, which others have too. As long as it gives no answer of its own, it
 * is asked again; an answer is what it says itself, that there is no such schema, or that it gives others and not this one, for
 * minutes. Series {@code hemline_schema_registry_wait_seconds} tells how long events have waited for one. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">its REST interface</a>
 */
public final class SchemaRegistry implements Readiness, AutoCloseable {
    private static final int MOST_REFERENCES = 50;
    /**
     * As many times as a status of 403 one of the registry's own failures has to be told: with its store away it may know of old
     * schemas and of no new one, and an outage is no event's fault.
     */
    private static final int FAILURE_TO_REFUSAL = 15;
    /** Each took events a minute to get here. */
    private static final int MOST_REFUSED = 1_000;

    private final Optional<RegistryClient> client;
    private final Duration doubt;
    private final RegisteredSchemas schemas;
    private final Questions<Integer, WritersSchema> questions;
    /** By ids for which there is a status alone, since when, in nanoseconds. Like {@link #given}, of the one thread that asks. */
    private final Map<Integer, Long> refusedSince = new HashMap<>();
    /** An id whose schema was given, 0 before there is one: whether it still is tells a refusal from a registry that is away. */
    private int given;

    /** @param settings empty where no registry is asked */
    SchemaRegistry(Optional<SchemaRegistrySettings> settings, MeterRegistry metrics) {
        this(settings, metrics, Duration.ofMinutes(1));
    }

    /** @param doubt how long a schema is forbidden, while others are given, before that is taken for an answer */
    SchemaRegistry(Optional<SchemaRegistrySettings> settings, MeterRegistry metrics, Duration doubt) {
        client = settings.map(RegistryClient::new);
        this.doubt = doubt;
        schemas = settings.isPresent() ? new RegisteredSchemas(this::schema) : RegisteredSchemas.none();
        questions = new Questions<>(
                DaemonThreads.scheduled("schema-registry"),
                (id, waited) -> fetched(id),
                UnknownSchemaException.class,
                "The schema registry",
                id -> "events wait for schema " + id + " of the schema registry at " + client().url());
        Gauge.builder("hemline.schema.registry.wait", questions, Questions::waitSeconds)
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
        return questions.ask(id);
    }

    private WritersSchema fetched(int id) throws IOException, InterruptedException {
        Long before = refusedSince.remove(id);
        try {
            WritersSchema schema = schemaOf(id);
            given = id;
            return schema;
        } catch (RefusedException e) {
            // A question that is new each time, lest a cache before a registry that is away answers it.
            long now = System.nanoTime();
            if (given == 0 || !client().get(path(given) + "?again=" + now).isSchema()) {
                throw e;
            }
            if (refusedSince.size() >= MOST_REFUSED) {
                refusedSince.clear();
            }
            long since = before == null ? now : before;
            refusedSince.put(id, since);
            String refused = "it gives schema id " + given + ", but for id " + id + " " + e.getMessage();
            if (now - since < doubt.toNanos() * (e.forbidden ? 1 : FAILURE_TO_REFUSAL)) {
                throw new IOException(refused, e);
            }
            throw new UnknownSchemaException("the schema registry does not give its schema: " + refused
                    + "; let the classifier read it there, or mend it, and replay the event; or send with a schema that"
                    + " is given");
        }
    }

    private static String path(int id) {
        return "/schemas/ids/" + id;
    }

    private WritersSchema schemaOf(int id) throws IOException, InterruptedException {
        JsonNode answer = get(
                path(id),
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
     * @throws RefusedException if its answer may be about this alone
     * @throws IOException if it gives no answer that could be a registry's
     */
    private JsonNode get(String path, String unknown) throws IOException, InterruptedException {
        RegistryAnswer answer;
        try {
            answer = client().get(path);
        } catch (LimitedBody.TooLargeException e) {
            throw new UnknownSchemaException("its schema is longer than any that is read: " + e.getMessage());
        }
        if (answer.isSchema()) {
            return answer.body();
        }
        if (answer.isNotThere()) {
            throw new UnknownSchemaException(unknown);
        }
        throw answer.mayBeRefusal() ? new RefusedException(answer) : new IOException(answer.why());
    }

    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean forbidden;

        RefusedException(RegistryAnswer answer) {
            super(answer.why());
            forbidden = answer.isForbidden();
        }
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

    @Override
    public Optional<String> reasonNotReady() {
        return questions.reasonNotReady();
    }

    @Override
    public void close() {
        questions.close();
    }
}

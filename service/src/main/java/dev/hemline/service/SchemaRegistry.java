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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/**
 * A schema registry, asked over Confluent's REST interface, which others have too. As long as it gives no answer of its own, it
 * is asked again; only what it says itself, that there is no such schema, is an answer. Series
 * {@code hemline_schema_registry_wait_seconds} tells how long events have waited for one. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">its REST interface</a>
 */
public final class SchemaRegistry implements Readiness, AutoCloseable {
    private static final int MOST_REFERENCES = 50;

    private final Optional<RegistryClient> client;
    private final RegisteredSchemas schemas;
    private final Questions<Integer, WritersSchema> questions;

    /** @param settings empty where no registry is asked */
    SchemaRegistry(Optional<SchemaRegistrySettings> settings, MeterRegistry metrics) {
        client = settings.map(RegistryClient::new);
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

    @Override
    public Optional<String> reasonNotReady() {
        return questions.reasonNotReady();
    }

    @Override
    public void close() {
        questions.close();
    }
}

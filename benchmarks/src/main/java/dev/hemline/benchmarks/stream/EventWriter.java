package dev.hemline.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.ImageEvent;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes an event in any format: the same id, source, time and picture each time. Owns a store of pictures. */
final class EventWriter implements AutoCloseable {
    private static final EventSerde<ImageEvent> AVRO = EventSerde.of(ImageEvent.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final Optional<URI> registry;
    private final int schemaId;
    private final PictureStore store = new PictureStore();

    EventWriter(Optional<URI> registry, int schemaId) {
        this.registry = registry;
        this.schemaId = schemaId;
    }

    /**
     * Registers the schema where there is a registry.
     *
     * @throws UserError if the registry does not take it
     */
    static EventWriter of(Optional<URI> registry) throws InterruptedException {
        return new EventWriter(registry, registry.isPresent() ? register(registry.get()) : 0);
    }

    /** What a classifier has to be told to read all formats. */
    List<String> classifierFlags() {
        List<String> flags = new ArrayList<>(List.of("--fetch-from=" + store.url() + ",127.0.0.1"));
        registry.ifPresent(url -> flags.add("--schema-registry=" + url));
        return flags;
    }

    private static int register(URI registry) throws InterruptedException {
        String schema = ImageEvent.getClassSchema().toString();
        try {
            var request = HttpRequest.newBuilder(URI.create(registry + "/subjects/image-events-value/versions"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("schema", schema))));
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            int id = answer.statusCode() == OK
                    ? JSON.readTree(answer.body()).path("id").asInt()
                    : 0;
            if (id < 1) {
                throw new IOException("it answers with status " + answer.statusCode() + " and no id of a schema");
            }
            return id;
        } catch (IOException e) {
            throw new UserError("The schema registry at " + registry + " does not take the schema: " + e, e);
        }
    }

    ProducerRecord<byte[], byte[]> record(EventFormat format, ImageEvent event) {
        byte[] value = switch (format) {
            case AVRO -> AVRO.encode(event);
            case REGISTRY -> framed(AVRO.encode(event));
            case JSON -> json(event);
            case PICTURE, CLOUDEVENT -> picture(event);
            case REFERENCE -> AVRO.encode(reference(event));
        };
        var record =
                new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId().getBytes(UTF_8), value);
        headers(format, event).forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    /** What follows single-object encoding's header is the same Avro. */
    private byte[] framed(byte[] singleObject) {
        int header = AVRO.header().length;
        return ByteBuffer.allocate(1 + Integer.BYTES + singleObject.length - header)
                .put((byte) 0)
                .putInt(schemaId)
                .put(singleObject, header, singleObject.length - header)
                .array();
    }

    private ImageEvent reference(ImageEvent event) {
        String sha256 = store.put(picture(event));
        return ImageEvent.newBuilder(event)
                .setContent(ByteBuffer.allocate(0))
                .setContentUrl(store.url() + sha256)
                .setContentSha256(sha256)
                .build();
    }

    private static byte[] json(ImageEvent event) {
        Map<String, Object> fields = Map.of(
                "id", event.getId(),
                "source", event.getSource(),
                "capturedAt", event.getCapturedAt().toString(),
                "content", picture(event));
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and bytes make JSON", e);
        }
    }

    private static byte[] picture(ImageEvent event) {
        byte[] bytes = new byte[event.getContent().remaining()];
        event.getContent().duplicate().get(bytes);
        return bytes;
    }

    private static Map<String, String> headers(EventFormat format, ImageEvent event) {
        return switch (format) {
            case PICTURE -> Map.of("hemline.source", event.getSource());
            case CLOUDEVENT ->
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_type",
                        "com.example.picture",
                        "ce_id",
                        event.getId(),
                        "ce_source",
                        event.getSource(),
                        "ce_time",
                        event.getCapturedAt().toString(),
                        "content-type",
                        "image/png");
            default -> Map.of();
        };
    }

    @Override
    public void close() {
        store.close();
    }
}

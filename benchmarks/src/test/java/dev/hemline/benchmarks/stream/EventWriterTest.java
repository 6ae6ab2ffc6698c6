package dev.hemline.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.UserError;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.RegisteredSchemas;
import dev.hemline.topic.WritersSchema;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventWriterTest {
    private static final int SCHEMA_ID = 7;

    private final ImageEvent event = event();
    private final List<Integer> asked = new ArrayList<>();
    private final ImageEventReader reader = new ImageEventReader().reading(new RegisteredSchemas(this::schema));

    private static ImageEvent event() {
        Pictures shown = Pictures.of(LabelledImages.of(new byte[784], new byte[1]), Pictures.PNG_FILES);
        return ImageEvent.newBuilder()
                .setId("e-1")
                .setSource("shelf-4")
                .setCapturedAt(Instant.parse("2026-03-01T12:00:00.250Z"))
                .setFormat(shown.format())
                .setWidth(0)
                .setHeight(0)
                .setContent(shown.content(0))
                .build();
    }

    private CompletableFuture<WritersSchema> schema(int id) {
        asked.add(id);
        return CompletableFuture.completedFuture(
                WritersSchema.parse(ImageEvent.getClassSchema().toString()));
    }

    private ImageEvent read(ProducerRecord<byte[], byte[]> sent) {
        return reader.read(new ConsumerRecord<>(
                sent.topic(),
                0,
                17,
                0,
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayTheSameInEveryFormat(EventFormat format) throws Exception {
        ImageEvent read;
        ByteBuffer picture;
        try (var writer = new EventWriter(Optional.empty(), SCHEMA_ID)) {
            read = read(writer.record(format, event));
            picture = format == EventFormat.REFERENCE ? fetched(read.getContentUrl()) : read.getContent();
        }

        assertThat(read.getId()).isEqualTo("e-1");
        assertThat(read.getSource()).isEqualTo("shelf-4");
        assertThat(read.getFormat()).isEqualTo(ImageFormat.PNG);
        assertThat(picture).isEqualTo(event.getContent());
        if (format != EventFormat.PICTURE) {
            assertThat(read.getCapturedAt()).isEqualTo(event.getCapturedAt());
        }
        assertThat(asked).isEqualTo(format == EventFormat.REGISTRY ? List.of(SCHEMA_ID) : List.of());
    }

    private static ByteBuffer fetched(String address) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return ByteBuffer.wrap(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofByteArray())
                .body());
    }

    @Test
    void shouldRegisterTheSchemaAndTellTheClassifierWhere() throws Exception {
        List<String> said = new ArrayList<>();
        withRegistry(200, "{\"id\": 7}", said, url -> {
            try (EventWriter writer = EventWriter.of(Optional.of(url))) {
                read(writer.record(EventFormat.REGISTRY, event));

                assertThat(asked).containsExactly(SCHEMA_ID);
                assertThat(writer.classifierFlags()).contains("--schema-registry=" + url);
            }
        });
        assertThat(said).singleElement().asString().startsWith("/v7/subjects/image-events-value/versions {\"schema\":");
    }

    @Test
    void shouldSayWhatARegistryAnswersThatDoesNotTakeTheSchema() throws Exception {
        withRegistry(
                422,
                "{\"error_code\": 42201}",
                new ArrayList<>(),
                url -> assertThatThrownBy(() -> EventWriter.of(Optional.of(url)))
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("status 422"));
    }

    private interface Registered {
        void at(URI url) throws Exception;
    }

    private static void withRegistry(int status, String answer, List<String> said, Registered test) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            said.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            test.at(URI.create("http://localhost:" + server.getAddress().getPort() + "/v7"));
        } finally {
            server.stop(0);
        }
    }
}

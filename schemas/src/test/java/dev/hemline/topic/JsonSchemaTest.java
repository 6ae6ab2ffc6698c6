package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written down for senders of JSON is what is read. */
class JsonSchemaTest {
    private static JsonNode schema(String name) throws IOException {
        // Maven runs tests in the module's folder, others in one beside it.
        return new JsonMapper()
                .readTree(Files.readAllBytes(Path.of("../schemas/src/main/json/" + name + ".schema.json")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> {
            if (!node.isNull()) {
                texts.add(node.asText());
            }
        });
        return texts;
    }

    @ParameterizedTest
    @CsvSource({"image-event, ImageEvent", "classification, Classification", "ground-truth, GroundTruth", "score, Score"
    })
    void shouldDescribeTheFieldsThatAreRead(String file, String type) throws Exception {
        Schema read = SpecificData.get().getSchema(Class.forName("dev.hemline.event." + type));

        JsonNode properties = schema(file).get("properties");

        assertThat(properties.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        read.getFields().stream().map(Schema.Field::name).toList());
        assertThat(properties.get("id").get("maxLength").asInt()).isEqualTo(EventChecks.MAX_NAME_CHARS);
    }

    @Test
    void shouldNameTheFormatsThatAreRead() throws Exception {
        assertThat(texts(schema("image-event").get("properties").get("format").get("enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ImageFormat.values())
                        .filter(format -> format != ImageFormat.UNKNOWN)
                        .map(ImageFormat::name)
                        .toList());
    }

    @Test
    void shouldShowExamplesThatAreRead() throws Exception {
        for (JsonNode example : schema("image-event").get("examples")) {
            ImageEvent event = new ImageEventReader().read(record(example));
            assertThat(event.getContent().hasRemaining() || event.getContentUrl() != null)
                    .isTrue();
        }
        for (JsonNode example : schema("ground-truth").get("examples")) {
            assertThat(EventFormats.DEFAULT.labels().read(record(example)).getLabel())
                    .isEqualTo(9);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(JsonNode example) {
        return new ConsumerRecord<>(
                "topic", 0, 0, "key".getBytes(UTF_8), example.toString().getBytes(UTF_8));
    }

    /** All that is required stands in an example, and all of an example is written as it stands there. */
    @Test
    void shouldShowExamplesAsTheyAreWritten() throws Exception {
        EventFormats json = EventFormats.DEFAULT.writingJson();
        for (JsonNode example : schema("classification").get("examples")) {
            assertThat(json.results().encode(json.results().read(record(example))))
                    .asString(UTF_8)
                    .isEqualTo(example.toString());
            assertThat(example.fieldNames())
                    .toIterable()
                    .containsAll(texts(schema("classification").get("required")));
        }
        for (JsonNode example : schema("score").get("examples")) {
            assertThat(json.scores().encode(json.scores().read(record(example))))
                    .asString(UTF_8)
                    .isEqualTo(example.toString());
        }
    }
}

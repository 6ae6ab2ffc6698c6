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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is written down for senders of JSON is what is read. */
class JsonSchemaTest {
    private static JsonNode schema() throws IOException {
        // Maven runs tests in the module's folder, others in one beside it.
        return new JsonMapper()
                .readTree(Files.readAllBytes(Path.of("../schemas/src/main/json/image-event.schema.json")));
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

    @Test
    void shouldDescribeTheFieldsThatAreRead() throws Exception {
        JsonNode properties = schema().get("properties");

        assertThat(properties.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(JsonImageEvent.FIELDS);
        assertThat(JsonImageEvent.FIELDS)
                .containsExactlyInAnyOrderElementsOf(ImageEvent.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(texts(properties.get("format").get("enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ImageFormat.values())
                        .filter(format -> format != ImageFormat.UNKNOWN)
                        .map(ImageFormat::name)
                        .toList());
        assertThat(properties.get("id").get("maxLength").asInt()).isEqualTo(EventChecks.MAX_NAME_CHARS);
    }

    @Test
    void shouldShowExamplesThatAreRead() throws Exception {
        for (JsonNode example : schema().get("examples")) {
            var record = new ConsumerRecord<>(
                    "image-events",
                    0,
                    0,
                    "key".getBytes(UTF_8),
                    example.toString().getBytes(UTF_8));

            assertThat(new ImageEventReader().read(record).getContent().hasRemaining())
                    .isTrue();
        }
    }
}

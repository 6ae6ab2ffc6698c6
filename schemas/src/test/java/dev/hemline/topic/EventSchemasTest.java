package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.EventAttempts;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.event.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {
    static List<Schema> schemas() {
        return List.of(
                ImageEvent.getClassSchema(),
                Classification.getClassSchema(),
                ModelManifest.getClassSchema(),
                ModelChunk.getClassSchema(),
                ModelAlias.getClassSchema(),
                ModelStatus.getClassSchema(),
                ModelAttempt.getClassSchema(),
                EventAttempts.getClassSchema(),
                TrainingRequest.getClassSchema(),
                GroundTruth.getClassSchema(),
                Score.getClassSchema(),
                Sample.getClassSchema(),
                LabelRequest.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldExplainEveryField(Schema schema) {
        assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
            assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
            if (field.schema().getType() == Schema.Type.RECORD) {
                shouldExplainEveryField(field.schema());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldStayReadableForThePreviousReleaseAndReadItsEvents(Schema current) {
        Schema released = released(current.getName());

        assertThat(compatibility(current, released))
                .as("new reader, old writer")
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(released, current))
                .as("old reader, new writer")
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    /** As it stood in the last release: self-contained, one file per record under {@code released/}. */
    private static Schema released(String name) {
        try (InputStream file = EventSchemasTest.class.getResourceAsStream("/released/" + name + ".avsc")) {
            assertThat(file).as("released/" + name + ".avsc").isNotNull();
            return new SchemaParser().parse(file).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.hemline.quality.score;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Answer;
import dev.hemline.event.Evidence;
import dev.hemline.topic.EventSerde;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;

/** Changelogs hold what earlier builds wrote; it stands in {@code released/}, with its schema. */
class EvidenceTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    @Test
    void shouldStayReadableInChangelogsOfEarlierBuilds() throws IOException {
        byte[] written = HexFormat.of().parseHex(new String(released("Evidence.hex"), US_ASCII).replaceAll("\\s", ""));

        assertThat(EventSerde.of(Evidence.class).decode(written))
                .isEqualTo(Evidence.newBuilder()
                        .setAnswers(List.of(new Answer("clothes", 12, 1, 10, 0.75f, AT, "", null)))
                        .setLabel(3)
                        .setLabelledAt(AT.plusMillis(40))
                        .build());
    }

    @Test
    void shouldResolveWithThePreviousReleaseBothWays() throws IOException {
        Schema released = new SchemaParser()
                .parse(new String(released("Evidence.avsc"), US_ASCII))
                .mainSchema();

        assertThat(resolves(Evidence.getClassSchema(), released))
                .as("new reader, old writer")
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(resolves(released, Evidence.getClassSchema()))
                .as("old reader, new writer")
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType resolves(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static byte[] released(String name) throws IOException {
        try (InputStream file = EvidenceTest.class.getResourceAsStream("/released/" + name)) {
            assertThat(file).as("released/" + name).isNotNull();
            return file.readAllBytes();
        }
    }
}

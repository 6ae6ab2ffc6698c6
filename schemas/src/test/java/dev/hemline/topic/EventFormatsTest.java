package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFormatsTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final Classification RESULT = new Classification(
            "a \"b\" \u00fc",
            "",
            1,
            "boot",
            0.7f,
            List.of(0.3f, 0.7f, 1e-30f, 0f),
            "shoes",
            7,
            "0123456789ab",
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.parse("2026-03-01T12:00:00Z"),
            false);
    private static final Score SCORE = new Score("a", "shoes", 7, 1, 0, 0.7f, -5_000_000_000L, null, "shop", "it");
    private static final RegisteredSchemas REGISTERED = new RegisteredSchemas(id -> CompletableFuture.completedFuture(
            WritersSchema.parse((id == 7 ? RESULT : SCORE).getSchema().toString())));

    private static ConsumerRecord<byte[], byte[]> label(String key, String json) {
        return new ConsumerRecord<>(
                "ground-truth",
                3,
                17,
                RECEIVED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                key.getBytes(UTF_8),
                json.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    @Test
    void shouldReadResultsAndScoresInWhateverFormatTheyWereWritten() {
        EventFormats reading = EventFormats.DEFAULT.reading(REGISTERED);

        for (EventFormats writing :
                List.of(EventFormats.DEFAULT, reading.writingJson(), reading.writingRegistered(7, 8))) {
            assertThat(reading.results().decode(writing.results().encode(RESULT)))
                    .isEqualTo(RESULT);
            assertThat(reading.scores().decode(writing.scores().encode(SCORE))).isEqualTo(SCORE);
        }
    }

    @Test
    void shouldWriteWhatOthersExpectOfEachFormat() {
        assertThat(EventFormats.DEFAULT.writingRegistered(7, 258).scores().encode(SCORE))
                .startsWith(0, 0, 0, 1, 2)
                .endsWith(Arrays.copyOfRange(EventFormats.DEFAULT.scores().encode(SCORE), 10, 39));
        assertThat(EventFormats.DEFAULT.writingJson().scores().encode(SCORE))
                .asString(UTF_8)
                .isEqualTo(
                        "{\"id\":\"a\",\"modelName\":\"shoes\",\"modelVersion\":7,\"predicted\":1,\"actual\":0,"
                                + "\"confidence\":0.7,\"latenessMillis\":-5000000000,\"replaces\":null,\"source\":\"shop\",\"by\":\"it\"}");
        assertThat(EventFormats.DEFAULT.writingJson().results().encode(RESULT))
                .asString(UTF_8)
                .contains("\"probabilities\":[0.3,0.7,1.0E-30,0.0]", "\"classifiedAt\":\"2026-03-01T12:00:00Z\"");
    }

    /** As classification.schema.json has it, which knows no other years; senders' clocks do. */
    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, -9223372036854775808",
        "-62167219200001, -62167219200001",
        "-62167219200000, '\"0000-01-01T00:00:00Z\"'",
        "253402300799999, '\"9999-12-31T23:59:59.999Z\"'",
        "253402300800000, 253402300800000",
        "9223372036854775807, 9223372036854775807"
    })
    void shouldWriteTimesThatRfc3339HasNotAsNumbers(long millis, String written) {
        EventSerde<Classification> json = EventFormats.DEFAULT.writingJson().results();
        Classification result = Classification.newBuilder(RESULT)
                .setCapturedAt(Instant.ofEpochMilli(millis))
                .build();

        byte[] text = json.encode(result);

        assertThat(text).asString(UTF_8).contains("\"capturedAt\":" + written + ",");
        assertThat(json.decode(text)).isEqualTo(result);
    }

    @Test
    void shouldNameTheFlagWhereARegistryIsNeeded() {
        byte[] registered =
                EventFormats.DEFAULT.writingRegistered(7, 8).results().encode(RESULT);

        assertThatThrownBy(() -> EventFormats.DEFAULT.results().decode(registered))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageStartingWith("Not a readable Classification: ")
                .hasMessageContaining("--schema-registry URL");
    }

    @Test
    void shouldTakeWhatALabelInJsonDoesNotSayFromItsRecord() {
        EventSerde<GroundTruth> labels = EventFormats.DEFAULT.labels();

        assertThat(labels.read(label("boot-1", "{\"label\": 9}")))
                .isEqualTo(new GroundTruth("boot-1", 9, RECEIVED, "unknown"));
        assertThat(labels.read(label("boot-1", "{\"label\":9,\"id\":\"boot-2\",\"labelledAt\":5,\"by\":\"me\"}")))
                .isEqualTo(new GroundTruth("boot-2", 9, Instant.ofEpochMilli(5), "me"));
        assertThatThrownBy(() -> labels.read(label("", "{\"label\": 9}"))).hasMessageContaining("it has no id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} | it has no id; send it",
                "{\"id\":\"a\",\"confidence\":\"much\"} | its confidence is not a number",
                "{\"id\":\"a\",\"confidence\":-7e99} | its confidence is beyond what a 32-bit number can be",
                "{\"id\":\"a\",\"probabilities\":0.5} | its probabilities is not a list",
                "{\"id\":\"a\",\"probabilities\":[0.5,null]} | its probabilities is not a number",
                "{\"id\":\"a\",\"probabilities\":[0.5 | end-of-input",
                "{\"id\":\"a\",\"label\":true} | its label is not a whole number"
            })
    void shouldTellWhatIsWrongWithAResultInJson(String textAndReason) {
        String[] both = textAndReason.split(" \\| ", -1);

        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> EventFormats.DEFAULT.results().decode(both[0].getBytes(UTF_8)))
                .withMessageContaining(both[1]);
    }
}

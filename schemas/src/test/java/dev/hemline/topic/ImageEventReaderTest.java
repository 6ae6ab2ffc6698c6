package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEventReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00.250Z");
    private static final String GIF_BASE64 = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=";
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n...".getBytes(ISO_8859_1);

    private final ImageEventReader reader = new ImageEventReader();

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        var record = new ConsumerRecord<>(
                "image-events",
                3,
                17,
                RECEIVED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                -1,
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> json(String text) {
        return record(null, text.getBytes(UTF_8), Map.of());
    }

    private static byte[] avro(String id) {
        return EventSerde.of(ImageEvent.class)
                .encode(ImageEvent.newBuilder()
                        .setId(id)
                        .setSource("inside")
                        .setCapturedAt(Instant.EPOCH)
                        .setFormat(ImageFormat.GRAY8)
                        .setWidth(1)
                        .setHeight(1)
                        .setContent(ByteBuffer.wrap(new byte[1]))
                        .build());
    }

    @Test
    void shouldReadAPictureThatIsAllThereIs() {
        ImageEvent event = reader.read(record("boot".getBytes(UTF_8), PNG, Map.of("hemline.source", "shelf-4")));

        assertThat(event.getId()).isEqualTo("boot");
        assertThat(event.getSource()).isEqualTo("shelf-4");
        assertThat(event.getCapturedAt()).isEqualTo(RECEIVED);
        assertThat(event.getFormat()).isEqualTo(ImageFormat.PNG);
        assertThat(event.getContent()).isEqualTo(ByteBuffer.wrap(PNG));
        assertThat(event.getLabel()).isNull();
    }

    @Test
    void shouldNameAPictureWithoutKeyByItsPlace() {
        ImageEvent event = reader.read(record(null, PNG, Map.of()));

        assertThat(event.getId()).isEqualTo("image-events-3@17");
        assertThat(event.getSource()).isEqualTo("unknown");
    }

    @Test
    void shouldNameAPictureByItsPlaceWhereItsKeyIsNoText() {
        byte[] number = {0, 0, 0, (byte) 0xFF};

        assertThat(reader.read(record(number, PNG, Map.of())).getId()).isEqualTo("image-events-3@17");
        assertThat(reader.read(record(new byte[0], PNG, Map.of())).getId()).isEqualTo("image-events-3@17");
    }

    @Test
    void shouldKeepTheNameAndTimeOfAPictureThatIsReplayed() {
        Map<String, String> replayed = Map.of("hemline.first-received", "image-events-0@4 2026-02-28T23:59:59.250Z");

        ImageEvent event = reader.read(record(null, PNG, replayed));

        assertThat(event.getId()).isEqualTo("image-events-0@4");
        assertThat(event.getCapturedAt()).isEqualTo(Instant.parse("2026-02-28T23:59:59.250Z"));
    }

    @Test
    void shouldTakeAPictureOfAFormatThatIsNotReadForOneOfNoFormat() {
        for (String file : new String[] {"\0\0\0\30ftypheic", "\0\0\0\fJXL \r\n\u0087\n", "%PDF-1.7", "<html>"}) {
            assertThat(reader.read(record(null, file.getBytes(ISO_8859_1), Map.of()))
                            .getFormat())
                    .isEqualTo(ImageFormat.UNKNOWN);
        }
    }

    @Test
    void shouldTakeNoRegistrysFramingForAnIcon() {
        byte[] framed = {0, 0, 1, 0, 7, 2, 'a'};

        assertThatThrownBy(() -> reader.read(record(null, framed, Map.of())))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("schema registry's framing");
    }

    @Test
    void shouldReadJsonThatHoldsAPictureAlone() {
        ImageEvent event = reader.read(
                record("boot".getBytes(UTF_8), ("{\"content\": \"" + GIF_BASE64 + "\"}").getBytes(UTF_8), Map.of()));

        assertThat(event.getId()).isEqualTo("boot");
        assertThat(event.getSource()).isEqualTo("unknown");
        assertThat(event.getCapturedAt()).isEqualTo(RECEIVED);
        assertThat(event.getFormat()).isEqualTo(ImageFormat.GIF);
        assertThat(event.getContent().remaining()).isEqualTo(35);
    }

    @Test
    void shouldReadEveryFieldOfJson() {
        ImageEvent event = reader.read(json("""
                 {"id": "a-1", "source": "St\\u00fcck", "capturedAt": "2026-03-01T12:00:00.2509+01:00", "format": "gray8",
                  "width": 2, "height": 1, "content": "B/8", "label": 3,
                  "contentUrl": "https://a.example/b", "contentSha256": "00ff", "more": {"of": ["the", "sender's"]}}
                """));

        assertThat(event)
                .isEqualTo(new ImageEvent(
                        "a-1",
                        "St\u00fcck",
                        Instant.parse("2026-03-01T11:00:00.250Z"),
                        ImageFormat.GRAY8,
                        2,
                        1,
                        ByteBuffer.wrap(new byte[] {7, -1}),
                        3,
                        "https://a.example/b",
                        "00ff"));
    }

    @Test
    void shouldReadInJsonWhereThePictureIs() {
        ImageEvent event = reader.read(json("{\"contentUrl\":\"https://a.example/b.gif\",\"contentSha256\":\"00ff\"}"));

        assertThat(event.getContent().hasRemaining()).isFalse();
        assertThat(event.getContentUrl()).isEqualTo("https://a.example/b.gif");
        assertThat(event.getContentSha256()).isEqualTo("00ff");
        assertThat(event.getFormat()).isEqualTo(ImageFormat.UNKNOWN);
    }

    @Test
    void shouldReadInAttributesWhereThePictureIs() {
        Map<String, String> attributes =
                Map.of("ce_id", "a-1", "ce_dataref", "https://a.example/b.gif", "hemline.content-sha256", "00ff");

        for (var record : List.of(
                record(null, new byte[0], attributes),
                record(null, null, attributes),
                record(null, "{\"label\": 9}".getBytes(UTF_8), attributes),
                record(null, PNG, attributes))) {
            ImageEvent event = reader.read(record);

            assertThat(event.getId()).isEqualTo("a-1");
            assertThat(event.getContentUrl()).isEqualTo("https://a.example/b.gif");
            assertThat(event.getContentSha256()).isEqualTo("00ff");
            assertThat(event.getContent().remaining()).isEqualTo(record.value() == PNG ? PNG.length : 0);
        }
    }

    @Test
    void shouldTakeNullInJsonForNothing() {
        ImageEvent event = reader.read(json(
                "{\"id\":null,\"capturedAt\":null,\"format\":null,\"label\":null,\"content\":\"" + GIF_BASE64 + "\"}"));

        assertThat(event.getId()).isEqualTo("image-events-3@17");
        assertThat(event.getFormat()).isEqualTo(ImageFormat.GIF);
        assertThat(event.getLabel()).isNull();
    }

    @Test
    void shouldReadMillisecondsInJson() {
        assertThat(reader.read(json("{\"capturedAt\":1000,\"content\":\"\"}")).getCapturedAt())
                .isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void shouldReadAPictureInJsonThatIsLargerThanAnyOtherText() {
        String content = "AAAA".repeat(500_000);

        assertThat(reader.read(json("{\"content\":\"" + content + "\",\"other\":\"" + content + "\"}"))
                        .getContent()
                        .remaining())
                .isEqualTo(1_500_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} | it has no content; send the picture's bytes there, as base64",
                "[] | it is no object",
                "{\"id\":\"a\",\"content\":\"\",\"id\":\"b\"} | it has more than one id",
                "{\"content\":\"\"}{\"content\":\"\"} | something follows its end",
                "{\"content\":\"data:image/png;base64,AAAA\"} | its content is no base64",
                "{\"content\":[1,2]} | its content is not text",
                "{\"id\":7,\"content\":\"\"} | its id is not text, at line 1, column 7",
                "{\"id\":\"\\ud800\",\"content\":\"\"} | its id holds half a character",
                "{\"width\":2.5,\"content\":\"\"} | its width is not a whole number",
                "{\"label\":12345678901,\"content\":\"\"} | out of range",
                "{\"capturedAt\":\"yesterday\",\"content\":\"\"} | its capturedAt is no time",
                "{\"capturedAt\":\"+999999999-12-31T00:00:00Z\",\"content\":\"\"} | its capturedAt is no time",
                "{\"content\":\"AAAA | end-of-input",
                "{content:\"\"} | was expecting double-quote"
            })
    void shouldTellWhatIsWrongWithJson(String textAndReason) {
        String[] both = textAndReason.split(" \\| ", -1);

        assertThatThrownBy(() -> reader.read(json(both[0])))
                .isInstanceOfSatisfying(
                        UndecodableEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(Rejection.UNDECODABLE_JSON))
                .hasMessageStartingWith("Not a readable JSON event: ")
                .hasMessageContaining(both[1]);
    }

    @Test
    void shouldRefuseJsonThatIsDeepOrHasNoEnd() {
        String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + ",\"content\":\"\"}";
        String endless = "{\"a\":[0" + ",0".repeat(20_000) + "],\"content\":\"\"}";
        String longId = "{\"id\":\"" + "x".repeat(20_000) + "\",\"content\":\"\"}";

        for (String text : new String[] {deep, endless, longId}) {
            assertThatThrownBy(() -> reader.read(json(text)))
                    .isInstanceOf(UndecodableEventException.class)
                    .hasMessageContaining("exceeds the maximum allowed");
        }
    }

    @Test
    void shouldRefuseJsonThatIsNotInUtf8() {
        byte[] latin = "{\"id\":\"St\u00fcck\",\"content\":\"\"}".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> reader.read(record(null, latin, Map.of())))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void shouldLetAttributesOfCloudEventsWinOverWhateverIsInside() {
        Map<String, String> attributes =
                Map.of("ce_id", "outside", "ce_source", "/shelves/4", "ce_time", "2026-03-01T13:00:00+01:00");
        byte[] json = ("{\"id\":\"inside\",\"content\":\"" + GIF_BASE64 + "\"}").getBytes(UTF_8);

        for (byte[] value : new byte[][] {avro("inside"), json, PNG}) {
            ImageEvent event = reader.read(record("key".getBytes(UTF_8), value, attributes));

            assertThat(event.getId()).isEqualTo("outside");
            assertThat(event.getSource()).isEqualTo("/shelves/4");
            assertThat(event.getCapturedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        }
    }

    @Test
    void shouldLeaveWhatNoAttributeSays() {
        ImageEvent event = reader.read(record(null, avro("inside"), Map.of("ce_source", "/shelves/4")));

        assertThat(event.getId()).isEqualTo("inside");
        assertThat(event.getSource()).isEqualTo("/shelves/4");
        assertThat(event.getCapturedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldRefuseAttributesThatCannotBe() {
        var noText = record(null, PNG, Map.of());
        noText.headers().add("ce_id", new byte[] {(byte) 0xFF});

        assertThatThrownBy(() -> reader.read(noText)).hasMessageContaining("its header ce_id is no text");
        assertThatThrownBy(() -> reader.read(record(null, PNG, Map.of("ce_time", "noon"))))
                .isInstanceOfSatisfying(
                        UndecodableEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(Rejection.UNDECODABLE_EVENT))
                .hasMessageContaining("its header ce_time is no time");
    }

    @Test
    void shouldSayHowToSendACloudEventThatIsStructured() {
        var structured = record(
                null,
                "{\"specversion\":\"1.0\",\"id\":\"a\"}".getBytes(UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=utf-8"));

        assertThatThrownBy(() -> reader.read(structured)).hasMessageContaining("send it in binary mode");
    }

    @Test
    void shouldReadALetterAsItWasReceived() {
        var letter = new ConsumerRecord<>("image-events-dlq", 0, 5, (byte[]) null, PNG);
        Map.of(
                        "hemline.reason", "undecodable-image",
                        "hemline.source", "shelf-4",
                        "__streams.errors.topic", "image-events",
                        "__streams.errors.partition", "3",
                        "__streams.errors.offset", "17")
                .forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));

        ConsumerRecord<byte[], byte[]> received = DeadLetterHeaders.received(letter);

        assertThat(received.headers()).hasSize(1);
        assertThat(reader.read(received).getId()).isEqualTo("image-events-3@17");
        assertThat(reader.read(received).getSource()).isEqualTo("shelf-4");
    }
}

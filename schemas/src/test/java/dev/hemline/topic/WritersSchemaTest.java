package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.GroundTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritersSchemaTest {
    /** As somebody may write who has a picture's place as well, all of it nullable, and fields in another order. */
    private static final String RICH = record("""
            {"name": "place", "type": {"type": "record", "name": "Place", "fields": [
                {"name": "x", "type": "double"}, {"name": "around", "type": ["null", "Place"]}]}},
            {"name": "label", "type": ["null", "int"], "default": null},
            {"name": "by", "type": "string"},
            {"name": "labelledAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "id", "type": ["null", "string"]}""");

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"Label\", \"namespace\": \"theirs\", \"fields\": [" + fields + "]}";
    }

    private static byte[] written(String schema, Map<String, Object> values) throws IOException {
        Schema writer = new Schema.Parser().parse(schema);
        var event = new GenericData.Record(writer);
        values.forEach(event::put);
        var out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(writer).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static GroundTruth read(String schema, byte[] body) throws IOException {
        return WritersSchema.parse(schema)
                .<GroundTruth>readerOf(GroundTruth.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
    }

    @Test
    void shouldReadAnEventOfASchemaThatHasMoreThanOurs() throws Exception {
        var place = new GenericData.Record(
                new Schema.Parser().parse(RICH).getField("place").schema());
        place.put("x", 0.5);
        Map<String, Object> values = Map.of("place", place, "label", 3, "by", "them", "labelledAt", 7L, "id", "a-1");

        GroundTruth truth = read(RICH, written(RICH, values));

        assertThat(truth).isEqualTo(new GroundTruth("a-1", 3, Instant.ofEpochMilli(7), "them"));
    }

    @Test
    void shouldReadASchemaThatRefersToTypesOfOthers() {
        String place =
                "{\"type\": \"record\", \"name\": \"theirs.Place\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}]}";
        String label = record("{\"name\": \"place\", \"type\": \"theirs.Place\"}");

        WritersSchema schema = WritersSchema.parse(List.of(place, label));

        assertThat(schema.fingerprint())
                .isEqualTo(SchemaNormalization.parsingFingerprint64(
                        new Schema.Parser().parse(record("{\"name\": \"place\", \"type\": " + place + "}"))));
        assertThatThrownBy(() -> WritersSchema.parse(label)).hasMessageContaining("theirs.Place");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "label", "type": "int"}, {"name": "by", "type": "string"}, {"name": "labelledAt", "type": "long"}, {"name": "id", "type": "int"} | field 'id': Found int, expecting string
                    {"name": "id", "type": "string"} | missing required field
                    {"name": "label", "type": "int"}, {"name": "by", "type": "string"}, {"name": "id", "type": "string"}, {"name": "labelledAt", "type": {"type": "long", "logicalType": "timestamp-micros"}} | field 'labelledAt' is timestamp-micros, expected timestamp-millis
                    """)
    void shouldNameTheFieldThatNoEventOfOursCanHave(String fields, String why) {
        WritersSchema schema = WritersSchema.parse(record(fields));

        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> schema.readerOf(GroundTruth.getClassSchema()))
                .withMessageContaining("theirs.Label is not that of a GroundTruth")
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    ''                                                      | no Avro schema
                    {                                                       | no Avro schema
                    null                                                    | no Avro schema
                    {"type": "record"}                                      | no Avro schema
                    {"type": "record", "name": "A", "fields": 3}            | no Avro schema
                    {"type": "array", "items": "null"}                      | 'items' takes no byte
                    {"type": "map", "values": {"type": "record", "name": "E", "fields": []}}                    | 'values' takes no byte
                    {"type": "record", "name": "A", "fields": [{"name": "n", "type": "null"}]}                  | 'n' takes no byte
                    {"type": "record", "name": "A", "fields": [{"name": "a", "type": "A"}]}                     | 'A' holds itself
                    """)
    void shouldSayWhyATextIsNoSchemaThatCanBeRead(String text, String why) {
        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> WritersSchema.parse(text))
                .withMessageContaining(why);
    }

    @Test
    void shouldBoundWhatASchemaTakes() {
        assertThatThrownBy(() -> WritersSchema.parse(" ".repeat(WritersSchema.MAX_CHARS) + "\"int\""))
                .hasMessageContaining("at most 100000 are read");
        assertThatThrownBy(() -> WritersSchema.parse(
                        "{\"type\": \"array\", \"items\": ".repeat(1_000) + "\"int\"" + "}".repeat(1_000)))
                .hasMessageContaining("more than 100 deep");
        assertThatThrownBy(() -> WritersSchema.parse("\"" + "x".repeat(50_000) + "\""))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(1_000));
    }

    /** Each holds the one before twice: 2 to the 200th fields, through which Avro's readers would walk for an empty array. */
    @Test
    void shouldRefuseASchemaThatUnfoldsToMore() {
        String schemas = IntStream.range(1, 200)
                .mapToObj(i -> "{'type': 'record', 'name': 'R" + i + "', 'fields': [{'name': 'a', 'type': 'R" + (i - 1)
                        + "'}, {'name': 'b', 'type': 'R" + (i - 1) + "'}]}")
                .collect(Collectors.joining(
                        ",", "[{'type': 'record', 'name': 'R0', 'fields': [{'name': 'x', 'type': 'int'}]},", "]"))
                .replace('\'', '"');

        assertThatThrownBy(() -> WritersSchema.parse(schemas))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("holds more than 100 records, each counted where it stands; write it flatter");
    }
}

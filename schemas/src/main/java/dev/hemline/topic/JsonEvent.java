package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variant.PaddingReadBehaviour;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event as a JSON object, as the files in {@code schemas/src/main/json} describe it: the fields of its Avro schema by name, times
 * as RFC 3339 has them, bytes in base64. Fields of other names are passed over. Bytes are decoded from where they stand, so
 * reading takes memory only in proportion to the record, which consumers bound.
 */
final class JsonEvent {
    /** Without lists an event has some twenty tokens; what others add to it is theirs. */
    private static final int MOST_TOKENS = 10_000;

    /** A token at least of each class, of which networks have up to some 20,000. */
    private static final int MOST_TOKENS_WITH_LISTS = 100_000;

    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10_000 = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int MAX_REASON_CHARS = 300;
    private static final JsonFactory WRITING = new JsonFactory();

    private final JsonParser parser;
    private final Schema schema;
    private final Map<String, Object> values;

    private JsonEvent(JsonParser parser, Schema schema, Map<String, Object> unsaid) {
        this.parser = parser;
        this.schema = schema;
        this.values = new HashMap<>(unsaid);
    }

    /**
     * Reads an event.
     *
     * @param unsaid values of fields that the text does not have; a field without one there, nor a default, has to be in the text
     * @throws UndecodableEventException with reason {@link Rejection#UNDECODABLE_JSON} if it is no such event
     */
    static SpecificRecord read(Schema schema, byte[] text, Map<String, Object> unsaid) {
        // A factory remembers names, and those of one sender are nothing to the next one's events.
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(bounds(schema))
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            return new JsonEvent(parser, schema, unsaid).read();
        } catch (UndecodableEventException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage() + at(e.getLocation()), e);
        } catch (IOException | RuntimeException e) {
            throw refused("it is garbled: " + e, e);
        }
    }

    private static StreamReadConstraints bounds(Schema schema) {
        boolean lists =
                schema.getFields().stream().anyMatch(field -> field.schema().getType() == Schema.Type.ARRAY);
        return StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxTokenCount(lists ? MOST_TOKENS_WITH_LISTS : MOST_TOKENS)
                .maxNameLength(1_000)
                .maxNumberLength(100)
                .maxStringLength(10 * EventChecks.MAX_NAME_CHARS)
                .build();
    }

    private SpecificRecord read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused("it is no object; send each event as a record of its own", null);
        }
        Map<String, Object> said = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Schema.Field field = schema.getField(name);
            if (field != null && said.putIfAbsent(name, name) != null) {
                throw refused("it has more than one " + name + "; send one", null);
            }
            // Nothing is as good as a field that is not there.
            boolean nothing = parser.nextToken() == JsonToken.VALUE_NULL;
            if (field == null) {
                parser.skipChildren();
            } else if (!nothing) {
                values.put(name, value(field.schema(), name));
            }
        }
        if (parser.nextToken() != null) {
            throw refused("something follows its end; send each event as a record of its own", null);
        }
        return event();
    }

    private SpecificRecord event() {
        var event = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            event.put(field.pos(), valueOf(field));
        }
        return event;
    }

    private @Nullable Object valueOf(Schema.Field field) {
        Object value = values.get(field.name());
        if (value != null) {
            return value;
        }
        if (!field.hasDefaultValue()) {
            throw refused("it has no " + field.name() + "; send it", null);
        }
        return SpecificData.get().getDefaultValue(field);
    }

    private Object value(Schema type, String name) throws IOException {
        return switch (type.getType()) {
            case STRING -> text(name);
            case INT -> {
                requireWhole(name);
                yield parser.getIntValue();
            }
            case LONG -> type.getLogicalType() == null ? wholeNumber(name) : time(name);
            case FLOAT -> number(name);
            case BOOLEAN -> truth(name);
            case ENUM -> constant(type, text(name));
            case BYTES -> ByteBuffer.wrap(bytes(name));
            case ARRAY -> list(type.getElementType(), name);
            case UNION -> value(other(type), name);
            default -> throw new IllegalStateException("No event in JSON has a " + type);
        };
    }

    /** What a value is that may be null. */
    private static Schema other(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private String text(String name) throws IOException {
        require(JsonToken.VALUE_STRING, name, "text");
        String text = parser.getText();
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw refused("its " + name + " holds half a character (a lone surrogate); send whole ones", null);
        }
        return text;
    }

    private long wholeNumber(String name) throws IOException {
        requireWhole(name);
        return parser.getLongValue();
    }

    private void requireWhole(String name) {
        require(JsonToken.VALUE_NUMBER_INT, name, "a whole number");
    }

    private float number(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            require(JsonToken.VALUE_NUMBER_FLOAT, name, "a number");
        }
        float number = parser.getFloatValue();
        if (!Float.isFinite(number)) {
            throw refused(
                    "its " + name + " is beyond what a 32-bit number can be" + at(parser.currentTokenLocation()), null);
        }
        return number;
    }

    private boolean truth(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_FALSE) {
            require(JsonToken.VALUE_TRUE, name, "true or false");
        }
        return parser.getBooleanValue();
    }

    private Instant time(String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return Instant.ofEpochMilli(parser.getLongValue());
        }
        return RecordContext.parseTime(text(name))
                .orElseThrow(() -> refused(
                        "its " + name + " is no time; send one like 2026-03-01T12:00:00Z, or milliseconds since 1970",
                        null));
    }

    /** One that this release does not know is the enum's default, and no fault of the text. */
    private static Object constant(Schema type, String name) {
        String large = name.toUpperCase(Locale.ROOT);
        return SpecificData.get()
                .createEnum(type.getEnumSymbols().contains(large) ? large : type.getEnumDefault(), type);
    }

    private byte[] bytes(String name) throws IOException {
        require(JsonToken.VALUE_STRING, name, "text");
        try {
            return parser.getBinaryValue(BASE64);
        } catch (JsonEOFException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw refused(
                    "its " + name + " is no base64 (" + e.getOriginalMessage()
                            + "); send the picture's bytes as base64 and nothing else, no data:image/png;base64, before it",
                    e);
        }
    }

    private List<Object> list(Schema items, String name) throws IOException {
        require(JsonToken.START_ARRAY, name, "a list");
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(items, name));
        }
        return list;
    }

    private void require(JsonToken expected, String name, String what) {
        if (parser.currentToken() != expected) {
            throw refused("its " + name + " is not " + what + at(parser.currentTokenLocation()), null);
        }
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    static UndecodableEventException refused(String why, @Nullable Throwable cause) {
        String reason = why.length() <= MAX_REASON_CHARS ? why : why.substring(0, MAX_REASON_CHARS);
        return new UndecodableEventException(Rejection.UNDECODABLE_JSON, "Not a readable JSON event: " + reason, cause);
    }

    /** Writes an event on one line; {@link #read} gives the same one back. */
    static byte[] write(SpecificRecord event) {
        var out = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = WRITING.createGenerator(out)) {
            generator.writeStartObject();
            for (Schema.Field field : event.getSchema().getFields()) {
                generator.writeFieldName(field.name());
                write(event.get(field.pos()), generator);
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return out.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
        if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object item : list) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof Instant time) {
            write(time, generator);
        } else {
            generator.writePOJO(value);
        }
    }

    /** RFC 3339 has four digits for a year, and a sender's clock any number. */
    private static void write(Instant time, JsonGenerator generator) throws IOException {
        if (time.isBefore(YEAR_0) || !time.isBefore(YEAR_10_000)) {
            generator.writeNumber(time.toEpochMilli());
        } else {
            generator.writeString(time.toString());
        }
    }
}

package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variant.PaddingReadBehaviour;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image event in JSON, as {@code schemas/src/main/json/image-event.schema.json} describes it. What it does not say, its record
 * does; fields of other names are passed over. The picture is decoded from where it stands, so reading takes memory only in
 * proportion to the record, which consumers bound.
 */
final class JsonImageEvent {
    /** Fields that are read, by the names that they have in Avro too. */
    static final Set<String> FIELDS =
            Set.of("id", "source", "capturedAt", "format", "width", "height", "content", "label");

    /** An event has some twenty tokens; what others add to it is theirs. */
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxTokenCount(10_000)
            .maxNameLength(1_000)
            .maxNumberLength(100)
            .maxStringLength(10 * EventChecks.MAX_NAME_CHARS)
            .build();

    private static final Base64Variant BASE64 =
            Base64Variants.MIME_NO_LINEFEEDS.withReadPadding(PaddingReadBehaviour.PADDING_ALLOWED);
    private static final int MAX_REASON_CHARS = 300;

    private final JsonParser parser;
    private final ImageEvent.Builder event;
    private @Nullable ImageFormat format;

    private JsonImageEvent(JsonParser parser, RecordContext context) {
        this.parser = parser;
        event = ImageEvent.newBuilder()
                .setId(context.id())
                .setSource(context.source())
                .setCapturedAt(context.time())
                .setWidth(0)
                .setHeight(0);
    }

    /** @throws UndecodableEventException with reason {@link Rejection#UNDECODABLE_JSON} if it is no such event */
    static ImageEvent read(byte[] text, RecordContext context) {
        if (context.isStructured()) {
            throw refused(
                    "it is a CloudEvent in structured mode, which is not read; send it in binary mode: its attributes as"
                            + " headers ce_id, ce_source and ce_time, the picture as the value",
                    null);
        }
        // A factory remembers names, and those of one sender are nothing to the next one's events.
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(BOUNDS)
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            return new JsonImageEvent(parser, context).read();
        } catch (UndecodableEventException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage() + at(e.getLocation()), e);
        } catch (IOException | RuntimeException e) {
            throw refused("it is garbled: " + e, e);
        }
    }

    private ImageEvent read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused("it is no object; send each event as a record of its own", null);
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (FIELDS.contains(name) && !seen.add(name)) {
                throw refused("it has more than one " + name + "; send one", null);
            }
            // Nothing is as good as a field that is not there.
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                readField(name);
            }
        }
        if (parser.nextToken() != null) {
            throw refused("something follows its end; send each event as a record of its own", null);
        }
        if (!event.hasContent()) {
            throw refused("it has no content; send the picture's bytes there, as base64", null);
        }
        ImageFormat told = format;
        return event.setFormat(
                        told != null
                                ? told
                                : FileSignature.of(event.getContent())
                                        .flatMap(FileSignature::format)
                                        .orElse(ImageFormat.UNKNOWN))
                .build();
    }

    private void readField(String name) throws IOException {
        switch (name) {
            case "id" -> event.setId(text(name));
            case "source" -> event.setSource(text(name));
            case "capturedAt" -> event.setCapturedAt(time(name));
            case "format" -> format = format(text(name));
            case "width" -> event.setWidth(wholeNumber(name));
            case "height" -> event.setHeight(wholeNumber(name));
            case "label" -> event.setLabel(wholeNumber(name));
            case "content" -> event.setContent(ByteBuffer.wrap(content()));
            default -> parser.skipChildren();
        }
    }

    private String text(String name) throws IOException {
        require(JsonToken.VALUE_STRING, name, "text");
        String text = parser.getText();
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw refused("its " + name + " holds half a character (a lone surrogate); send whole ones", null);
        }
        return text;
    }

    private int wholeNumber(String name) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, name, "a whole number");
        return parser.getIntValue();
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

    /** One that this release does not know is no fault of the text. */
    private static ImageFormat format(String name) {
        for (ImageFormat format : ImageFormat.values()) {
            if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        return ImageFormat.UNKNOWN;
    }

    private byte[] content() throws IOException {
        require(JsonToken.VALUE_STRING, "content", "text");
        try {
            return parser.getBinaryValue(BASE64);
        } catch (JsonEOFException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw refused(
                    "its content is no base64 (" + e.getOriginalMessage()
                            + "); send the picture's bytes as base64 and nothing else, no data:image/png;base64, before it",
                    e);
        }
    }

    private void require(JsonToken expected, String name, String what) {
        if (parser.currentToken() != expected) {
            throw refused("its " + name + " is not " + what + at(parser.currentTokenLocation()), null);
        }
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static UndecodableEventException refused(String why, @Nullable Throwable cause) {
        String reason = why.length() <= MAX_REASON_CHARS ? why : why.substring(0, MAX_REASON_CHARS);
        return new UndecodableEventException(Rejection.UNDECODABLE_JSON, "Not a readable JSON event: " + reason, cause);
    }
}

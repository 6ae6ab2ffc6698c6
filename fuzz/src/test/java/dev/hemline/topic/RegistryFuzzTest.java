package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.GroundTruth;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Events in a registry's framing, of a schema that somebody registered. */
class RegistryFuzzTest {
    private static final EventSerde<GroundTruth> TRUTHS = EventSerde.of(GroundTruth.class);

    /** A schema's character makes some objects of Avro's parser and of its resolver. */
    private static final Promise PROMISE = Promise.of(
            RegistryFuzzTest::read,
            new Memory(8 << 20, 4_096),
            List.of(UndecodableEventException.class, UnknownSchemaException.class));

    private static final String MORE_THAN_OURS = """
            {"type":"record","name":"L","fields":[{"name":"more","type":["null",{"type":"record","name":"N","fields":[
            {"name":"next","type":["null","N"]},{"name":"m","type":{"type":"map","values":{"type":"array","items":"bytes"}}}]}]},
            {"name":"id","type":["null","string"]},{"name":"by","type":"bytes"},{"name":"label","type":"int"},
            {"name":"labelledAt","type":{"type":"long","logicalType":"timestamp-millis"}}]}""";

    /** Two bytes with the length of the schema's text, that, and the event's body. */
    private static Object read(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(input, Math.max(2, input.length)));
        byte[] schema = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
        in.get(schema);
        byte[] event = ByteBuffer.allocate(RegistryFraming.HEADER_BYTES + in.remaining())
                .put((byte) 0)
                .putInt(7)
                .put(in)
                .array();
        WritersSchema registered = WritersSchema.parse(new String(schema, UTF_8));
        return new RegisteredSchemas(id -> CompletableFuture.completedFuture(registered)).decode(TRUTHS, event);
    }

    static Stream<byte[]> seeds() {
        byte[] event = TRUTHS.encode(new GroundTruth("a-1", 3, Instant.EPOCH, "me"));
        byte[] body = Arrays.copyOfRange(event, 10, event.length);
        return Stream.of(
                seed(GroundTruth.getClassSchema().toString(), body),
                seed(MORE_THAN_OURS, new byte[] {2, 2, 0, 2, 2, 'k', 2, 2, 1, 0, 0, 2, 2, 'a', 2, 'm', 6, 0}),
                seed("\"string\"", new byte[] {2, 'a'}));
    }

    private static byte[] seed(String schema, byte[] body) {
        byte[] text = schema.getBytes(UTF_8);
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) text.length).array());
        out.writeBytes(text);
        out.writeBytes(body);
        return out.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadOrRefuse(byte[] input) {
        PROMISE.holdsFor(input);
    }

    @Test
    void shouldReadOrRefuseWhateverHappenedToASchemaOrItsEvent() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}

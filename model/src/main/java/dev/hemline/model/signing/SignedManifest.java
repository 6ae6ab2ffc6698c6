package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as it travelled: what it says to this release, and what its signature covers, which is all that its writer said.
 * The two differ where a later release wrote it, whose schema has more fields: encoded anew by our schema it would be without
 * them, and no signature would be right. Thread-safe.
 *
 * <p>Covered is the manifest in single-object encoding by its writer's schema, with the signature null and the keys of each map
 * in ascending order. The bytes of the wire themselves cannot be: there maps have any order, and had so in every release.
 * Fingerprints of 64 bits can be forged. So, but for the schema of the first releases, which is known by heart, there stands
 * before it which schema that is, by its SHA-256: nobody gives what was signed another meaning.
 */
public final class SignedManifest {
    /** Of a manifest with its golden images; a topic that takes more is not asked for them. */
    public static final int LARGEST_BYTES = 8 << 20;

    /** SHA-256 of the canonical form of the only schema under which nothing stands before the manifest. */
    static final String FIRST_SCHEMA = "8c1db4f0a8331ddc3f222854b9ca5ea405e5c4f752ce10f4ca723d790574a8b0";

    /** What is signed without a schema's digest begins with C3, and a pin's with {@code hemline} and a zero byte. */
    private static final byte[] BEGIN = "hemline manifest\0".getBytes(US_ASCII);

    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final int HEADER_BYTES = 10;

    private final byte[] wire;
    private final EventSerde<ModelManifest> serde;
    private final ModelManifest manifest;

    private SignedManifest(byte[] wire, EventSerde<ModelManifest> serde) {
        this.wire = wire;
        this.serde = serde;
        this.manifest = serde.decode(wire);
    }

    /** As this release writes it. */
    public static SignedManifest of(ModelManifest manifest) {
        return new SignedManifest(MANIFESTS.encode(manifest), MANIFESTS);
    }

    /**
     * The manifest that travelled as {@code wire}.
     *
     * @param writers schemas of other releases
     * @throws UndecodableEventException if it is none
     */
    public static SignedManifest read(byte[] wire, WriterSchemas writers) {
        return new SignedManifest(wire, MANIFESTS.reading(writers));
    }

    /** What it says to this release. */
    public ModelManifest manifest() {
        return manifest;
    }

    /**
     * What its signature is over.
     *
     * @throws UndecodableEventException if by its writer's schema it cannot be without a signature
     */
    byte[] covered() {
        if (wire.length > LARGEST_BYTES) {
            // Fields that are not ours unpack to many times their bytes.
            throw new UndecodableEventException(
                    "it has " + wire.length + " bytes, at most " + LARGEST_BYTES + " are read");
        }
        GenericRecord written = serde.decodeAsWritten(wire);
        var out = new ByteArrayOutputStream(wire.length);
        byte[] digest = digest(written.getSchema());
        if (!HexFormat.of().formatHex(digest).equals(FIRST_SCHEMA)) {
            out.writeBytes(BEGIN);
            out.writeBytes(digest);
        }
        out.write(wire, 0, HEADER_BYTES);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            written.put("signature", null);
            new GenericDatumWriter<>(written.getSchema(), new GenericData()).write(ordered(written), encoder);
            encoder.flush();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UndecodableEventException("by its writer's schema it has no form that can be signed", e);
        }
        return out.toByteArray();
    }

    /** The same with its maps in order; all else has one encoding only. */
    private static @Nullable Object ordered(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(key.toString(), ordered(item)));
            return sorted;
        } else if (value instanceof List<?> list) {
            return list.stream().map(SignedManifest::ordered).toList();
        } else if (value instanceof IndexedRecord fields) {
            for (int i = 0; i < fields.getSchema().getFields().size(); i++) {
                fields.put(i, ordered(fields.get(i)));
            }
        }
        return value;
    }

    private static byte[] digest(Schema schema) {
        try {
            return SchemaNormalization.parsingFingerprint("SHA-256", schema);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

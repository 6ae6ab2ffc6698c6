package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.Classification;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.Episode;
import dev.hemline.event.EventAttempts;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.Labeller;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.Score;
import dev.hemline.event.TrainingRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody should have sent, from a seed: tombstones, bytes of nothing, events of other topics, damaged ones, and
 * valid ones whose numbers, names, sizes and times are absurd. Ids come from a few, so that they meet; {@code absurd-} begins
 * them.
 */
public final class AbsurdRecords {
    /** Of every event that travels on a topic, by the topic. */
    public static final Map<String, List<Schema>> SCHEMAS = Map.ofEntries(
            Map.entry("image-events", List.of(ImageEvent.getClassSchema())),
            Map.entry("classifications", List.of(Classification.getClassSchema())),
            Map.entry("shadow-classifications", List.of(Classification.getClassSchema())),
            Map.entry("ground-truth", List.of(GroundTruth.getClassSchema())),
            Map.entry("scores", List.of(Score.getClassSchema())),
            Map.entry("drift-batches", List.of(DriftBatch.getClassSchema())),
            Map.entry("episodes", List.of(Episode.getClassSchema())),
            Map.entry("labellers", List.of(Labeller.getClassSchema())),
            Map.entry("drift", List.of(Drift.getClassSchema())),
            Map.entry("experiment-counts", List.of(ExperimentCounts.getClassSchema())),
            Map.entry("experiments", List.of(ExperimentStanding.getClassSchema())),
            Map.entry("experiment-decisions", List.of(ExperimentDecision.getClassSchema())),
            Map.entry("image-events-attempts", List.of(EventAttempts.getClassSchema())),
            Map.entry("model-attempts", List.of(ModelAttempt.getClassSchema())),
            Map.entry("model-status", List.of(ModelStatus.getClassSchema())),
            Map.entry("training-requests", List.of(TrainingRequest.getClassSchema())),
            Map.entry(
                    "models",
                    List.of(
                            ModelManifest.getClassSchema(),
                            ModelAlias.getClassSchema(),
                            ModelChunk.getClassSchema(),
                            ModelPolicy.getClassSchema())));

    private static final List<Schema> ALL =
            SCHEMAS.values().stream().flatMap(List::stream).toList();
    private static final int[] INTS = {
        0, 1, 2, 9, 10, -1, -5, 999_999_999, 1_000_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final long[] LONGS = {
        0, 1, -1, 1_772_366_400_000L, 1_772_366_400_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_799_999L
    };
    private static final float[] FLOATS = {0, 0.5f, 1, -3.9f, 6.7f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE
    };
    private static final String[] NAMES = {
        "", "m", "m", "m", "fashion-mnist", "Odd Name", "a/b/c", "\u001b[31mred\n", "\u0000", "名前", "-", "x".repeat(101)
    };

    private final Random random;
    private final String ids;
    private final int longestText;
    /** In how many the value lies that is being made. */
    private int arrays;

    /**
     * @param seed those of two seeds have no id in common, but for the empty one
     * @param longestText in characters, of the longest name or id
     */
    public AbsurdRecords(long seed, int longestText) {
        random = new Random(seed);
        ids = "absurd-" + seed + "-";
        this.longestText = longestText;
    }

    /** Null, or an id, or bytes of no text. */
    public byte @Nullable [] key() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> bytes(random.nextInt(40));
            default -> id().getBytes(UTF_8);
        };
    }

    /** @param own of the topic that it is for; none for a topic of no events */
    public byte @Nullable [] value(List<Schema> own) {
        Schema schema = own.isEmpty() || random.nextInt(6) == 0 ? pick(ALL) : pick(own);
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> bytes(random.nextInt(200));
            case 2 -> damaged(encoded(schema));
            default -> encoded(schema);
        };
    }

    /** A valid event of that schema with absurd contents. */
    public byte[] encoded(Schema schema) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(any(schema, schema.getName()), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private byte[] damaged(byte[] whole) {
        byte[] damaged = Arrays.copyOf(whole, random.nextInt(3) == 0 ? random.nextInt(whole.length + 1) : whole.length);
        for (int flips = random.nextInt(4); flips > 0 && damaged.length > 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    /** Those within others are short, or there would be a thousand times a thousand. */
    private List<@Nullable Object> array(Schema schema, String name) {
        List<@Nullable Object> items = new ArrayList<>();
        int size = arrays == 0 ? pick(0, 1, 10, 10, 10, 1_000) : pick(0, 1, 10);
        arrays++;
        for (int i = 0; i < size; i++) {
            items.add(any(schema.getElementType(), name));
        }
        arrays--;
        return items;
    }

    private @Nullable Object any(Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
            case ARRAY -> array(schema, name);
            case MAP -> Map.of(name(), name());
            case UNION -> {
                Schema one = pick(schema.getTypes());
                yield one.getType() == Schema.Type.NULL ? null : any(one, name);
            }
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(2_000)));
            case INT -> INTS[random.nextInt(INTS.length)];
            case LONG -> LONGS[random.nextInt(LONGS.length)];
            case FLOAT -> FLOATS[random.nextInt(FLOATS.length)];
            case DOUBLE -> (double) FLOATS[random.nextInt(FLOATS.length)];
            case BOOLEAN -> random.nextBoolean();
            default -> name.equals("id") ? id() : name();
        };
    }

    private GenericData.Record record(Schema schema) {
        var made = new GenericData.Record(schema);
        schema.getFields().forEach(field -> made.put(field.pos(), any(field.schema(), field.name())));
        return made;
    }

    private String id() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> ids + "x".repeat(random.nextInt(longestText));
            default -> ids + random.nextInt(20);
        };
    }

    private String name() {
        return random.nextInt(20) == 0 ? "n".repeat(random.nextInt(longestText)) : NAMES[random.nextInt(NAMES.length)];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private int pick(int... some) {
        return some[random.nextInt(some.length)];
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}

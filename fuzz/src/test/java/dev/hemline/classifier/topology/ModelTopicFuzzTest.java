package dev.hemline.classifier.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.classifier.lifecycle.ChunkPlace;
import dev.hemline.classifier.lifecycle.GlobalModelStore;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.fuzz.SmallModel;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.WriterSchemas;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole topic {@code models}, from its records to the archives that they add up to. */
class ModelTopicFuzzTest {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private static final byte[] ARCHIVE = SmallModel.archive();
    private static final SigningKey KEY = SigningKey.generate();
    private static final Optional<TrustedKeys> TRUSTED = Optional.of(TrustedKeys.of(KEY.trustedKey()));
    private static final ModelManifest MANIFEST = SmallModel.manifest(ARCHIVE);
    private static final ModelKey MANIFEST_KEY = new ModelKey.Manifest("small", 1);
    private static final ModelKey CHUNK_KEY = new ModelKey.Chunk("small", 1, 0);

    private static final Promise PROMISE =
            Promise.of(ModelTopicFuzzTest::archives, new Memory(4 << 20, 256), List.of(ModelRefusedException.class));

    /**
     * One record of the input: a byte with the key's length, the key, two bytes with the value's length, the value. What is
     * missing at the end is left out.
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    private record Entry(String key, byte[] value) {
        static Optional<Entry> next(ByteBuffer in) {
            if (!in.hasRemaining()) {
                return Optional.empty();
            }
            String key = new String(take(in, in.get() & 0xFF), UTF_8);
            int length = in.remaining() < Short.BYTES ? 0 : in.getShort() & 0xFFFF;
            return Optional.of(new Entry(key, take(in, length)));
        }

        private static byte[] take(ByteBuffer in, int length) {
            byte[] bytes = new byte[Math.min(length, in.remaining())];
            in.get(bytes);
            return bytes;
        }

        private void writeTo(ByteArrayOutputStream out) {
            byte[] text = key.getBytes(UTF_8);
            out.write(text.length);
            out.writeBytes(text);
            out.writeBytes(ByteBuffer.allocate(Short.BYTES)
                    .putShort((short) value.length)
                    .array());
            out.writeBytes(value);
        }
    }

    private static Object archives(byte[] topic) throws ModelRefusedException {
        List<byte[]> values = new ArrayList<>();
        GlobalModelStore models = read(ByteBuffer.wrap(topic), values);
        List<byte[]> archives = new ArrayList<>();
        for (ModelManifest manifest : models.newestFirst()) {
            models.pinned(manifest.getName());
            archives.add(models.archive(manifest));
        }
        return archives;
    }

    /** Through the stream's own processor; a record's offset is its place in {@code values}. */
    private static GlobalModelStore read(ByteBuffer topic, List<byte[]> values) {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ClassifierTopology.MODELS_STORE),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        ModelStoreProcessor processor =
                new ModelStoreProcessor(TRUSTED, WriterSchemas.NONE, ClassifierListener.NONE, () -> {});
        processor.init(context);
        for (Optional<Entry> entry = Entry.next(topic); entry.isPresent(); entry = Entry.next(topic)) {
            context.setRecordMetadata("models", 0, values.size());
            values.add(entry.get().value());
            // What is said to be a signature is any bytes too.
            Headers headers =
                    new RecordHeaders().add(TrustedKey.HEADER, entry.get().value());
            processor.process(new Record<>(entry.get().key(), entry.get().value(), 0, headers));
        }
        return new GlobalModelStore(
                () -> store, places -> fetch(places, values), TRUSTED, WriterSchemas.NONE, Optional::empty);
    }

    private static List<byte[]> fetch(List<ChunkPlace> places, List<byte[]> values) {
        return places.stream().map(place -> values.get((int) place.offset())).toList();
    }

    static Stream<byte[]> seeds() {
        Entry manifest = entry(MANIFEST_KEY, MANIFESTS.encode(MANIFEST));
        Entry chunk = entry(
                CHUNK_KEY, CHUNKS.encode(ModelChunks.split("small", 1, ARCHIVE).get(0)));
        Entry pin = entry(
                new ModelKey.Alias("small", ModelKey.Alias.SERVING),
                ALIASES.encode(new ModelAlias("small", "serving", 1, Instant.EPOCH, "me", "")));
        Entry oneMore = entry(
                new ModelKey.Chunk("small", 1, 1),
                CHUNKS.encode(new ModelChunk("small", 1, 1, ByteBuffer.wrap(new byte[] {1, 2, 3}))));
        Entry signed = entry(MANIFEST_KEY, MANIFESTS.encode(KEY.sign(MANIFEST)));
        return Stream.of(
                topic(chunk, signed, manifest),
                topic(chunk, manifest, pin),
                topic(manifest, chunk, oneMore),
                topic(pin, manifest));
    }

    private static Entry entry(ModelKey key, byte[] value) {
        return new Entry(key.toString(), value);
    }

    private static byte[] topic(Entry... entries) {
        ByteArrayOutputStream topic = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            entry.writeTo(topic);
        }
        return topic.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldAddUpOrRefuse(byte[] topic) {
        PROMISE.holdsFor(topic);
    }

    @Test
    void shouldAddUpOrRefuseWhateverStandsOnTheTopic() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}

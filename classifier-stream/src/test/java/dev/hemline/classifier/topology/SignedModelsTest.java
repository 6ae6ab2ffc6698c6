package dev.hemline.classifier.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.lifecycle.ChunkPlace;
import dev.hemline.classifier.lifecycle.GlobalModelStore;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.WriterSchemas;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedModelsTest {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);

    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private int pinsRefused;
    private final SigningKey key = SigningKey.generate();
    private final Optional<TrustedKeys> trusted = Optional.of(TrustedKeys.of(key.trustedKey()));
    private final ModelStoreProcessor processor = new ModelStoreProcessor(
            trusted,
            WriterSchemas.NONE,
            new ClassifierListener() {
                @Override
                public void pinRefused() {
                    pinsRefused++;
                }
            },
            () -> {});
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(ClassifierTopology.MODELS_STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    /** Values of topic {@code models} by offset, as compaction has left them. */
    private final Map<Long, byte[]> topic = new TreeMap<>();

    private long end;

    @Nullable
    private String named;

    private final GlobalModelStore models = new GlobalModelStore(
            () -> store, this::fetch, trusted, WriterSchemas.NONE, () -> Optional.ofNullable(named));

    @BeforeEach
    void initialize() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        processor.init(context);
    }

    @Test
    void shouldNotTurnToANameThatAStrangerMadeLater() {
        put(key.sign(model("clothes", 1, 10)));
        put(model("aaa", 1, 0));
        put(model("zzz", 1, 99));

        assertThat(models.newestFirst()).extracting(ModelManifest::getName).containsExactly("clothes");
    }

    @Test
    void shouldMeanTheNameThatWasSignedFirstUntilOneIsNamed() {
        put(key.sign(model("shoes", 1, 20)));
        put(key.sign(model("clothes", 3, 10)));
        put(key.sign(model("clothes", 9, 5)));

        assertThat(models.newestFirst())
                .as("by number, whatever the clock said")
                .extracting(ModelManifest::getVersion)
                .containsExactly(9, 3);

        named = "shoes";
        assertThat(models.newestFirst()).extracting(ModelManifest::getName).containsExactly("shoes");
    }

    @Test
    void shouldShowWhatIsRefusedWhereNothingIsSigned() {
        put(model("clothes", 1, 10));

        assertThat(models.newestFirst()).hasSize(1);
    }

    @Test
    void shouldKeepWhatWasSignedWhenAStrangerWritesOverIt() {
        ModelManifest signed = key.sign(model("clothes", 1, 10));
        put(model("clothes", 1, 1));
        put(signed);
        put(model("clothes", 1, 99));
        put("clothes/v000001", new byte[] {1, 2, 3});

        assertThat(models.newestFirst()).containsExactly(signed);
    }

    @Test
    void shouldLoadTheChunksThatWereSignedWhateverAStrangerWritesOverThemOrBesideThem() throws Exception {
        byte[] archive = {1, 2, 3};
        ModelManifest signed = key.sign(withArchive(archive));
        putChunk("clothes/v000001/chunk-0000", 0, new byte[] {7});
        putChunk("clothes/v000001/chunk-0000", 0, archive);
        put(signed);

        putChunk("clothes/v000001/chunk-0000", 0, new byte[] {9, 9, 9});
        putChunk("clothes/v000001/chunk-00000", 0, new byte[] {9, 9, 9});
        putChunk("clothes/v000001/chunk-0001", 1, new byte[] {9, 9, 9});
        put("clothes/v000001/chunk-0000", new byte[] {8});

        assertThat(models.archive(signed)).isEqualTo(archive);
    }

    @Test
    void shouldLoadChunksThatWereSentAgainWhenTheFirstAreCompactedAway() throws Exception {
        byte[] archive = {1, 2, 3};
        ModelManifest signed = key.sign(withArchive(archive));
        putChunk("clothes/v000001/chunk-0000", 0, archive);
        put(signed);
        putChunk("clothes/v000001/chunk-0000", 0, archive);
        topic.remove(0L);

        assertThat(models.archive(signed)).isEqualTo(archive);
    }

    private static ModelManifest withArchive(byte[] archive) {
        return ModelManifest.newBuilder(model("clothes", 1, 10))
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .build();
    }

    @Test
    void shouldForgetWhatWasSignedWhenItIsRetired() {
        put(key.sign(model("clothes", 1, 10)));
        put("clothes/v000001", null);

        assertThat(models.newestFirst()).isEmpty();
    }

    @Test
    void shouldFollowWhatIsSignedAboutAPinAndNothingOlder() {
        putPin(3, 9, Optional.empty());
        assertThat(models.pinned("clothes")).isEmpty();

        putPin(1, 10, Optional.of(key));
        putPin(2, 20, Optional.of(key));
        putPin(1, 10, Optional.of(key));
        putPin(3, 30, Optional.of(SigningKey.generate()));
        put("clothes/alias/serving", null);
        put("clothes/alias/serving", new byte[] {1, 2, 3});

        assertThat(models.pinned("clothes")).contains(2);
        assertThat(pinsRefused).isEqualTo(5);
        putPin(0, 40, Optional.of(key));
        assertThat(models.pinned("clothes")).isEmpty();
    }

    private void putPin(int version, long setAt, Optional<SigningKey> signer) {
        byte[] pin =
                ALIASES.encode(new ModelAlias("clothes", "serving", version, Instant.ofEpochSecond(setAt), "test", ""));
        var record = new ProducerRecord<>("models", "clothes/alias/serving", pin);
        signer.ifPresent(signing -> signing.sign(record));
        context.setRecordMetadata("models", 0, 0);
        processor.process(new Record<>(record.key(), pin, 0, record.headers()));
    }

    private static ModelManifest model(String name, int version, long createdAt) {
        return ModelManifest.newBuilder(FakeModel.manifest(name, version))
                .setCreatedAt(Instant.ofEpochSecond(createdAt))
                .build();
    }

    private void put(ModelManifest manifest) {
        put(new ModelKey.Manifest(manifest.getName(), manifest.getVersion()).toString(), MANIFESTS.encode(manifest));
    }

    private void put(String key, byte @Nullable [] value) {
        if (value != null) {
            topic.put(end, value);
        }
        context.setRecordMetadata("models", 0, end++);
        processor.process(new Record<>(key, value, 0));
    }

    private void putChunk(String key, int index, byte[] content) {
        put(key, CHUNKS.encode(new ModelChunk("clothes", 1, index, ByteBuffer.wrap(content))));
    }

    private List<byte[]> fetch(List<ChunkPlace> places) {
        return topic.entrySet().stream()
                .filter(entry -> places.contains(new ChunkPlace(0, entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }
}

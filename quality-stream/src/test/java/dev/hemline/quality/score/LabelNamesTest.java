package dev.hemline.quality.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class LabelNamesTest {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);

    private final SigningKey key = SigningKey.generate();
    private final KeyValueStore<String, byte[]> models = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("models"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    @Test
    void shouldNameClassesByManifestsThatCountOnly() {
        // Given a version that is signed, one that is not, and one under another's key
        models.init(new MockProcessorContext<>().getStateStoreContext(), models);
        put(1, key.sign(manifest(1)));
        put(2, manifest(2));
        put(3, key.sign(manifest(1)));

        // When names are asked for with keys, and without
        var keyed = new LabelNames(() -> models, Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        var open = new LabelNames(() -> models);

        // Then
        assertThat(keyed.of(version(1))).contains(List.of("shirt", "bag"));
        assertThat(keyed.of(version(2))).contains(List.of());
        assertThat(keyed.of(version(3))).contains(List.of());
        assertThat(open.of(version(2))).contains(List.of("shirt", "bag"));
        assertThat(open.of(version(3))).contains(List.of());
    }

    @Test
    void shouldLookAgainOnceAnotherManifestStandsThere() {
        models.init(new MockProcessorContext<>().getStateStoreContext(), models);
        put(1, manifest(1));
        var keyed = new LabelNames(() -> models, Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        assertThat(keyed.of(version(1))).contains(List.of());
        assertThat(keyed.of(version(1))).contains(List.of());

        put(1, key.sign(manifest(1)));

        assertThat(keyed.of(version(1))).contains(List.of("shirt", "bag"));
    }

    private static ModelKey.Manifest version(int number) {
        return new ModelKey.Manifest("m", number);
    }

    private void put(int number, ModelManifest manifest) {
        models.put(version(number).toString(), MANIFESTS.encode(manifest));
    }

    private static ModelManifest manifest(int number) {
        return ModelManifest.newBuilder()
                .setName("m")
                .setVersion(number)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 1L, "00", 1))
                .setNetwork("tiny")
                .setParameters(1)
                .setLabels(List.of("shirt", "bag"))
                .setInput(new ModelInput(1, 1, 1, List.of(0f), List.of(1f), false))
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("test", 1, 1.0, 0.0))
                .setGolden(new GoldenBatch(List.of(), List.of(), 0.1f))
                .build();
    }
}

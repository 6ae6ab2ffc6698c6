package dev.hemline.quality.score;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Manifests as they lie in a classifier's store. */
public final class TestManifests {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);

    private final KeyValueStore<String, byte[]> models = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("models"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    public TestManifests() {
        models.init(new MockProcessorContext<>().getStateStoreContext(), models);
    }

    public KeyValueStore<String, byte[]> store() {
        return models;
    }

    public TestManifests put(ModelManifest manifest) {
        return put(new ModelKey.Manifest(manifest.getName(), manifest.getVersion()), manifest);
    }

    TestManifests put(ModelKey.Manifest version, ModelManifest manifest) {
        models.put(version.toString(), MANIFESTS.encode(manifest));
        return this;
    }

    public LabelNames names() {
        return new LabelNames(() -> models);
    }

    /** Of a version of model {@code m} with two classes. */
    public static ModelManifest.Builder manifest(int number) {
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
                .setGolden(new GoldenBatch(List.of(), List.of(), 0.1f));
    }
}

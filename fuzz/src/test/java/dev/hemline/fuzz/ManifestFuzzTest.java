package dev.hemline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.ModelManifest;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.topic.AvroJson;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.UnknownSchemaException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests, from a topic in Avro's binary encoding or from a file in its JSON; a sound archive is tried out with them. */
class ManifestFuzzTest {
    private static final EventSerde<ModelManifest> SERDE = EventSerde.of(ModelManifest.class);
    private static final AvroJson<ModelManifest> FILES = new AvroJson<>(ModelManifest.class);

    private static final byte[] ARCHIVE = SmallModel.archive();
    private static final ModelManifest PROVED = SmallModel.proved(ARCHIVE);

    /** Loading has a price of its own, whatever the manifest says. */
    private static final Promise PROMISE = Promise.of(
            ManifestFuzzTest::load,
            new Memory(16 << 20, 1_024),
            List.of(UndecodableEventException.class, UnknownSchemaException.class, ModelRefusedException.class));

    private static Object load(byte[] bytes) throws ModelRefusedException {
        boolean text = bytes.length > 0 && bytes[0] == '{';
        ModelManifest manifest = text ? FILES.read(bytes) : SERDE.decode(bytes);
        try (LoadedModel model = new DjlModelLoader().load(manifest, ARCHIVE)) {
            return model.manifest();
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of(SERDE.encode(PROVED), FILES.write(PROVED));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldLoadOrRefuse(byte[] manifest) {
        PROMISE.holdsFor(manifest);
    }

    @Test
    void shouldLoadOrRefuseWhateverHappenedToAManifest() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}

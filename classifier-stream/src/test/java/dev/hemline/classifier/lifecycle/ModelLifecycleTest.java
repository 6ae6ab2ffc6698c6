package dev.hemline.classifier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ModelLifecycleTest {
    private final List<ModelManifest> topic = new CopyOnWriteArrayList<>();
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();
    private final List<Integer> loaded = new CopyOnWriteArrayList<>();
    private final List<Integer> refused = new CopyOnWriteArrayList<>();
    private final ModelRegistry registry = new ModelRegistry();

    private final ModelStore store = new ModelStore() {
        @Override
        public List<ModelManifest> newestFirst() {
            List<ModelManifest> manifests = new ArrayList<>(topic);
            manifests.sort(Comparator.comparingInt(ModelManifest::getVersion).reversed());
            return manifests;
        }

        @Override
        public byte[] archive(ModelManifest manifest) {
            return new byte[] {1, 2, 3};
        }
    };

    /** Publishes, lets the life cycle look, and waits for it to have looked. */
    private void look() {
        var lifecycle =
                new ModelLifecycle(store, this::load, registry, (manifest, why) -> refused.add(manifest.getVersion()));
        lifecycle.modelsChanged();
        lifecycle.close();
    }

    private LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        loaded.add(manifest.getVersion());
        if (bad.contains(manifest.getVersion())) {
            throw new ModelRefusedException(ModelRefusedException.Reason.GOLDEN_BATCH, "off by 0.3");
        }
        return new FakeModel(manifest);
    }

    private void publish(int version) {
        topic.add(FakeModel.manifest("fake", version));
    }

    private int servingVersion() {
        return registry.serving().map(ModelManifest::getVersion).orElse(0);
    }

    @Test
    void shouldLoadTheNewestOnlyWhenThereAreMany() {
        for (int version = 1; version <= 500; version++) {
            publish(version);
        }

        look();

        assertThat(servingVersion()).isEqualTo(500);
        assertThat(loaded).containsExactly(500);
    }

    @Test
    void shouldServeOnWithTheOldOneWhenTheNewOneIsRefused() {
        publish(1);
        look();
        publish(2);
        bad.add(2);

        look();

        assertThat(servingVersion()).isEqualTo(1);
        assertThat(refused).containsExactly(2);
    }

    @Test
    void shouldFallBackToTheNewestGoodOneWhenItStarts() {
        publish(1);
        publish(2);
        publish(3);
        bad.add(3);

        look();

        assertThat(servingVersion()).isEqualTo(2);
        assertThat(loaded).containsExactly(3, 2);
    }

    @Test
    void shouldRefuseABadVersionOnlyOnce() throws Exception {
        publish(1);
        bad.add(1);
        try (var lifecycle = new ModelLifecycle(
                store, this::load, registry, (manifest, why) -> refused.add(manifest.getVersion()))) {
            for (int i = 0; i < 50; i++) {
                lifecycle.modelsChanged();
                Thread.onSpinWait();
            }
        }

        assertThat(refused).containsExactly(1);
    }

    @Test
    void shouldFallBackWhenTheServingVersionIsTakenOffTheTopic() {
        publish(1);
        publish(2);
        look();
        topic.removeIf(manifest -> manifest.getVersion() == 2);

        look();

        assertThat(servingVersion()).isEqualTo(1);
    }

    @Test
    void shouldSurviveAStoreThatFails() {
        var lifecycle = new ModelLifecycle(
                new ModelStore() {
                    @Override
                    public List<ModelManifest> newestFirst() {
                        throw new IllegalStateException("not now");
                    }

                    @Override
                    public byte[] archive(ModelManifest manifest) {
                        return new byte[0];
                    }
                },
                this::load,
                registry,
                (manifest, why) -> {});

        lifecycle.modelsChanged();
        lifecycle.close();

        assertThat(servingVersion()).isZero();
    }
}

package dev.hemline.classifier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ModelLifecycleTest {
    private final List<ModelManifest> topic = new CopyOnWriteArrayList<>();
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();
    private final AtomicInteger silentFetches = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Integer> joined = new CopyOnWriteArrayList<>();
    private final Set<Integer> broken = ConcurrentHashMap.newKeySet();
    private final List<Integer> loaded = new CopyOnWriteArrayList<>();
    private final List<Integer> refused = new CopyOnWriteArrayList<>();
    private final List<Reason> reasons = new CopyOnWriteArrayList<>();
    private final List<String> aboutPin = new CopyOnWriteArrayList<>();
    private volatile Optional<Integer> pin = Optional.empty();
    private Admission admission = Admission.OPEN;
    private final ModelRegistry registry = new ModelRegistry();

    private final ModelStore store = new ModelStore() {
        @Override
        public List<ModelManifest> newestFirst() {
            looks.incrementAndGet();
            List<ModelManifest> manifests = new ArrayList<>(topic);
            manifests.sort(Comparator.comparingInt(ModelManifest::getVersion).reversed());
            return manifests;
        }

        @Override
        public Optional<Integer> pinned(String name) {
            return pin;
        }

        @Override
        public byte[] archive(ModelManifest manifest) {
            if (silentFetches.getAndDecrement() > 0) {
                throw new TimeoutException("No chunk came");
            }
            joined.add(manifest.getVersion());
            return new byte[] {1, 2, 3};
        }
    };

    private final ClassifierListener listener = new ClassifierListener() {
        @Override
        public void refused(ModelManifest manifest, ModelRefusedException why) {
            refused.add(manifest.getVersion());
            reasons.add(why.reason());
        }

        @Override
        public void pinUnmet(Optional<String> why) {
            aboutPin.add(why.orElse("well again"));
        }
    };

    /** Lets a new life cycle look, and waits for it to have looked. */
    private void look() {
        look(() -> {});
    }

    /** One life cycle looks before and after a change. */
    private void look(Runnable change) {
        try (var lifecycle = new ModelLifecycle(store, admission, this::load, registry, "serves", listener)) {
            looks.set(0);
            lifecycle.modelsChanged();
            await().until(() -> looks.get() > 0);
            // When the next look begins, this one is over.
            int before = looks.get();
            lifecycle.modelsChanged();
            await().until(() -> looks.get() > before);
            change.run();
            lifecycle.modelsChanged();
        }
    }

    private LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        loaded.add(manifest.getVersion());
        if (broken.contains(manifest.getVersion())) {
            throw new IllegalStateException("the output is a tuple");
        }
        if (bad.contains(manifest.getVersion())) {
            throw new ModelRefusedException(Reason.GOLDEN_BATCH, "off by 0.3");
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
    void shouldRefuseAModelWhoseLoadingFailsInAnUnforeseenWayAndTryTheOneBefore() {
        publish(1);
        publish(2);
        broken.add(2);

        look();

        assertThat(servingVersion()).isEqualTo(1);
        assertThat(refused).containsExactly(2);
    }

    @Test
    void shouldRefuseABadVersionOnlyOnce() throws Exception {
        publish(1);
        bad.add(1);
        try (var lifecycle = new ModelLifecycle(store, admission, this::load, registry, "serves", listener)) {
            for (int i = 0; i < 50; i++) {
                lifecycle.modelsChanged();
                Thread.onSpinWait();
            }
        }

        assertThat(refused).containsExactly(1);
    }

    @Test
    void shouldSayThatWhatIsThereIsPendingUntilItServesOrIsRefused() {
        publish(1);
        List<Boolean> whileLoading = new ArrayList<>();
        try (var lifecycle = new ModelLifecycle(store, admission, this::load, registry, "serves", listener)) {
            assertThat(lifecycle.isPending()).as("nobody has looked yet").isTrue();
            registry.onSwap(manifest -> whileLoading.add(lifecycle.isPending()));

            lifecycle.modelsChanged();

            await().until(lifecycle::isCurrent);
            await().until(() -> !lifecycle.isPending());
            assertThat(whileLoading).containsExactly(true);
        }
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
                    public Optional<Integer> pinned(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public byte[] archive(ModelManifest manifest) {
                        if (silentFetches.getAndDecrement() > 0) {
                            throw new TimeoutException("No chunk came");
                        }
                        return new byte[0];
                    }
                },
                admission,
                this::load,
                registry,
                "serves",
                ClassifierListener.NONE);

        lifecycle.modelsChanged();
        lifecycle.close();

        assertThat(servingVersion()).isZero();
    }

    @Test
    void shouldServeThePinnedVersionAndTheNewestAgainWithoutThePin() {
        publish(1);
        publish(2);
        publish(3);
        pin = Optional.of(2);
        look();
        assertThat(servingVersion()).isEqualTo(2);
        assertThat(loaded).as("nothing but the pinned one").containsExactly(2);

        pin = Optional.empty();
        look();

        assertThat(servingVersion()).isEqualTo(3);
    }

    @Test
    void shouldServeOnWhatServesWhenThePinCannotBeFollowed() {
        publish(1);
        publish(2);
        bad.add(1);

        look(() -> pin = Optional.of(7));
        assertThat(servingVersion()).isEqualTo(2);
        look(() -> pin = Optional.of(1));

        assertThat(servingVersion()).isEqualTo(2);
        assertThat(aboutPin).contains("pinned v7 is not on the topic", "pinned v1 was refused");
    }

    @Test
    void shouldServeTheNewestRatherThanNothingWhenItStartsWithAPinItCannotFollow() {
        publish(1);
        pin = Optional.of(9);

        look();

        assertThat(servingVersion()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAKnownVersionWithOtherContentAndServeTheOldContentOn() {
        publish(1);
        publish(2);

        look(() -> topic.set(1, changed(2)));

        assertThat(servingVersion()).isEqualTo(2);
        assertThat(reasons).containsExactly(Reason.CHANGED_CONTENT);
        assertThat(loaded).as("neither the changed one nor the one before").containsExactly(2);
    }

    @Test
    void shouldTakeASignatureForNoOtherContent() {
        publish(1);
        SigningKey key = SigningKey.generate();

        look(() -> topic.set(0, key.sign(topic.get(0))));

        assertThat(reasons).isEmpty();
        assertThat(loaded).containsExactly(1);
    }

    @Test
    void shouldRefuseALargeModelBeforeItIsPutTogether() {
        publish(1);
        admission = new Admission(Optional.empty(), 2);

        look();

        assertThat(reasons).containsExactly(Reason.TOO_LARGE);
        assertThat(joined).isEmpty();
    }

    @Test
    void shouldTakeOnlySignedModelsWhenKeysAreGiven() {
        SigningKey key = SigningKey.generate();
        admission = new Admission(Optional.of(TrustedKeys.of(key.trustedKey())), 1_000);
        topic.add(key.sign(FakeModel.manifest("fake", 1)));
        publish(2);
        topic.add(SigningKey.generate().sign(FakeModel.manifest("fake", 3)));
        topic.add(ModelManifest.newBuilder(key.sign(FakeModel.manifest("fake", 1)))
                .setVersion(4)
                .build());

        look();

        assertThat(servingVersion()).isEqualTo(1);
        assertThat(reasons).containsExactly(Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY, Reason.UNSIGNED);
        assertThat(joined)
                .as("verified before anything of the archive is touched")
                .containsExactly(1);
    }

    @Test
    void shouldNotLetAStrangerTakeANumberFromThoseWhoMaySign() {
        SigningKey key = SigningKey.generate();
        admission = new Admission(Optional.of(TrustedKeys.of(key.trustedKey())), 1_000);
        topic.add(changed(1));

        look(() -> topic.set(0, key.sign(FakeModel.manifest("fake", 1))));

        assertThat(reasons).containsExactly(Reason.UNSIGNED);
        assertThat(servingVersion()).isEqualTo(1);
    }

    private static ModelManifest changed(int version) {
        return ModelManifest.newBuilder(FakeModel.manifest("fake", version))
                .setArchive(new ModelArchive("torchscript", 3L, "ff".repeat(32), 1))
                .build();
    }

    @Test
    void shouldTryAgainByItselfWhenBrokersWereSilent() {
        silentFetches.set(2);
        publish(1);
        try (ModelLifecycle lifecycle =
                new ModelLifecycle(store, admission, this::load, registry, "serves", listener, Duration.ofMillis(10))) {
            lifecycle.modelsChanged();

            await().until(() -> registry.serving().isPresent());
            await().until(() -> lifecycle.trouble().isEmpty());
        }
        assertThat(refused).isEmpty();
        assertThat(silentFetches).hasValue(-1);
    }

    @Test
    void shouldSayWhyNothingServesWhileBrokersAreSilent() {
        silentFetches.set(Integer.MAX_VALUE);
        publish(1);
        try (ModelLifecycle lifecycle =
                new ModelLifecycle(store, admission, this::load, registry, "serves", listener, Duration.ofMillis(10))) {
            lifecycle.modelsChanged();

            await().until(() -> lifecycle.trouble().isPresent());
            assertThat(lifecycle.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("loading a model failed and is tried again"));
        }
        assertThat(registry.serving()).isEmpty();
    }

    @Test
    void shouldTellAnErrorWhileAModelLoadsAndTryAgain() throws Exception {
        publish(1);
        var tries = new AtomicInteger();

        try (var lifecycle = new ModelLifecycle(
                store,
                admission,
                (manifest, archive) -> {
                    if (tries.getAndIncrement() < 2) {
                        throw new UnsatisfiedLinkError("libtorch_cpu.so");
                    }
                    return load(manifest, archive);
                },
                registry,
                "serves",
                listener,
                Duration.ofMillis(200))) {
            lifecycle.modelsChanged();
            await().untilAsserted(() -> assertThat(lifecycle.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("libtorch_cpu.so")));

            await().untilAsserted(() -> assertThat(registry.serving()).isPresent());
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldRefuseAModelThatIsNestedTooDeep() throws Exception {
        publish(1);

        try (var lifecycle = new ModelLifecycle(
                store,
                admission,
                (manifest, archive) -> {
                    throw new StackOverflowError();
                },
                registry,
                "serves",
                listener)) {
            lifecycle.modelsChanged();

            await().untilAsserted(() -> assertThat(reasons).containsExactly(Reason.UNLOADABLE));
        }
    }
}

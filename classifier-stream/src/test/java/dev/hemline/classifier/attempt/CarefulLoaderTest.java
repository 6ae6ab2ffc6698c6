package dev.hemline.classifier.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.FakeModel;
import dev.hemline.event.AttemptState;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.service.FakeTopic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CarefulLoaderTest {
    private static final ModelManifest V7 = FakeModel.manifest("m", 7);
    private static final Duration TURN = Duration.ofMillis(600);
    private static final Instant LONG_AGO = Instant.EPOCH;

    private final FakeTopic<ModelAttempt> topic = new FakeTopic<>(Topics.MODEL_ATTEMPTS);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Trial survives = (manifest, archive) -> log.add("tried v" + manifest.getVersion());
    private final Trial unknown = (manifest, archive) -> !survives.survived(manifest, archive);
    private final Trial crashes = (manifest, archive) -> {
        log.add("tried v" + manifest.getVersion());
        throw new ModelRefusedException(Reason.CRASHED, "it ended a process");
    };

    private CarefulLoader loader(String instance, Trial trial) {
        return loader(instance, trial, (manifest, archive) -> {
            log.add(instance + " loaded v" + manifest.getVersion());
            return new FakeModel(manifest);
        });
    }

    private CarefulLoader loader(String instance, Trial trial, ModelLoader loading) {
        return new CarefulLoader(topic::open, "app", instance, loading, trial, TURN);
    }

    private void said(String key, AttemptState state, Instant at) {
        topic.write(key, new ModelAttempt(state, at));
    }

    private static LoadedModel load(CarefulLoader loader) throws ModelRefusedException {
        return loader.load(V7, new byte[] {1});
    }

    private static CompletableFuture<Void> loading(CarefulLoader loader) {
        return CompletableFuture.runAsync(() -> {
            try {
                load(loader);
            } catch (ModelRefusedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What stands on the topic. */
    private Map<String, AttemptState> standing() {
        Map<String, AttemptState> standing = new TreeMap<>();
        try (var reader = topic.open(key -> true)) {
            reader.readNew((key, attempt) -> {
                standing.remove(key);
                if (attempt != null) {
                    standing.put(key, attempt.getState());
                }
            });
        }
        return standing;
    }

    @Test
    void shouldLoadAtOnceWhatNobodyDiedOfAndTakeItBack() throws Exception {
        // Given
        List<Map<String, AttemptState>> meanwhile = new ArrayList<>();
        CarefulLoader loader = loader("a", survives, (manifest, archive) -> {
            meanwhile.add(standing());
            return new FakeModel(manifest);
        });

        // When
        LoadedModel model = load(loader);

        // Then
        assertThat(model.manifest()).isEqualTo(V7);
        assertThat(meanwhile).containsExactly(Map.of("app/m/v000007/a", AttemptState.LOADING));
        assertThat(standing()).isEmpty();
        assertThat(log).isEmpty();
        assertThat(loader.trouble()).isEmpty();
    }

    @Test
    void shouldTakeBackWhatWasRefusedToo() {
        // Given
        CarefulLoader loader = loader("a", survives, (manifest, archive) -> {
            throw new ModelRefusedException(Reason.LABELS, "three");
        });

        // When
        assertThatExceptionOfType(ModelRefusedException.class).isThrownBy(() -> load(loader));

        // Then
        assertThat(standing()).isEmpty();
    }

    @Test
    void shouldRefuseOnceAndForAllWhatEndsATrialToo() {
        // Given an instance that ended while it loaded
        said("app/m/v000007/dead", AttemptState.LOADING, LONG_AGO);

        for (String instance : List.of("a", "b")) {
            // When
            ModelRefusedException refused =
                    catchThrowableOfType(ModelRefusedException.class, () -> load(loader(instance, crashes)));

            // Then
            assertThat(refused.reason()).isEqualTo(Reason.CRASHED);
        }
        assertThat(log).containsExactly("tried v7", "tried v7");
        assertThat(standing()).containsOnlyKeys("app/m/v000007/dead");
    }

    @Test
    void shouldClearWhatSurvivesATrial() throws Exception {
        // Given instances that somebody killed while they loaded
        for (int i = 0; i < 5; i++) {
            said("app/m/v000007/dead-" + i, AttemptState.LOADING, LONG_AGO);
        }

        // When
        load(loader("a", survives));

        // Then
        assertThat(log).containsExactly("tried v7", "a loaded v7");
        assertThat(standing()).isEmpty();
    }

    @Test
    void shouldCareForNoOtherVersionAndNoOtherApplication() throws Exception {
        // Given
        said("app/m/v000008/dead", AttemptState.LOADING, LONG_AGO);
        said("app2/m/v000007/dead", AttemptState.LOADING, LONG_AGO);
        said("app/m/v000007/killed-while-it-waited", AttemptState.WAITING, LONG_AGO);

        // When
        load(loader("a", crashes));

        // Then
        assertThat(log).containsExactly("a loaded v7");
        assertThat(standing()).hasSize(3);
    }

    @Test
    void shouldWaitForThePeerThatIsFirstAndThenLoadWithoutATrial() throws Exception {
        // Given
        var go = new CountDownLatch(1);
        CarefulLoader first = loader("a", crashes, (manifest, archive) -> {
            awaitQuietly(go);
            log.add("a loaded v7");
            return new FakeModel(manifest);
        });
        var loading = loading(first);
        await().until(() -> standing().containsValue(AttemptState.LOADING));

        // When
        var others = List.of(loading(loader("b", crashes)), loading(loader("c", crashes)));
        await().until(() -> standing().size() == 3);
        assertThat(standing()).containsEntry("app/m/v000007/b", AttemptState.WAITING);
        go.countDown();

        // Then
        assertThat(loading).succeedsWithin(Duration.ofSeconds(5));
        assertThat(others).allSatisfy(other -> assertThat(other).succeedsWithin(Duration.ofSeconds(5)));
        assertThat(log).startsWith("a loaded v7").contains("b loaded v7", "c loaded v7");
        assertThat(standing()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldTryWhereThePeerThatWasFirstDoesNotComeBack() {
        // Given
        said("app/m/v000007/dying", AttemptState.LOADING, Instant.now());
        long start = System.nanoTime();

        // When
        assertThatExceptionOfType(ModelRefusedException.class).isThrownBy(() -> load(loader("a", crashes)));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(TURN);
    }

    @Test
    void shouldNotBeHeldUpByTimesThatCannotBe() {
        // Given
        said("app/m/v000007/fast", AttemptState.WAITING, Instant.ofEpochMilli(Long.MAX_VALUE));
        said("app/m/v000007/slow", AttemptState.LOADING, Instant.ofEpochMilli(Long.MIN_VALUE));

        // When, Then
        assertThat(loading(loader("a", survives))).succeedsWithin(TURN.multipliedBy(10));
    }

    @Test
    void shouldLetAPeersTrialComeToItsEnd() {
        // Given a peer that tries what ended another one, for longer than a turn
        said("app/m/v000007/dead", AttemptState.LOADING, LONG_AGO);
        said("app/m/v000007/b", AttemptState.TRYING, Instant.now().minus(TURN.multipliedBy(2)));
        var loading = loading(loader("a", crashes));
        await().until(() -> standing().containsKey("app/m/v000007/a"));

        // When it refuses the version
        topic.write("app/m/v000007/b", null);

        // Then that clears nothing
        assertThat(loading).failsWithin(Duration.ofSeconds(5));
        assertThat(log).containsExactly("tried v7");
    }

    @Test
    void shouldLoadWhereNoTrialTellsUntilThreeInstancesDied() throws Exception {
        // Given
        said("app/m/v000007/dead-1", AttemptState.LOADING, LONG_AGO);
        said("app/m/v000007/dead-2", AttemptState.LOADING, LONG_AGO);

        // When, Then
        CarefulLoader dying = loader("dead-3", unknown, (manifest, archive) -> {
            log.add("loaded");
            // As a process that ends here, it takes nothing back.
            return new FakeModel(manifest);
        });
        load(dying);
        assertThat(log).containsExactly("tried v7", "loaded");

        // Given
        for (int i = 1; i <= 3; i++) {
            said("app/m/v000007/dead-" + i, AttemptState.LOADING, LONG_AGO);
        }

        // When, Then
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> load(loader("a", unknown)))
                .withMessageContaining("3 instances");
    }

    @Test
    void shouldNotTryAgainWhatEndedAnInstanceThatTriedIt() throws Exception {
        // Given a machine where there is no room for two processes
        said("app/m/v000007/dead", AttemptState.LOADING, LONG_AGO);
        said("app/m/v000007/ended-with-its-trial", AttemptState.TRYING, LONG_AGO);

        // When
        load(loader("a", crashes));

        // Then
        assertThat(log).containsExactly("a loaded v7");
        assertThat(standing()).isEmpty();
    }

    @Test
    void shouldLoadWithoutCareWhereThereIsNoTopicAndSaySo() throws Exception {
        // Given
        topic.missing = true;
        CarefulLoader loader = loader("a", crashes);

        // When
        load(loader);

        // Then
        assertThat(log).containsExactly("a loaded v7");
        assertThat(loader.trouble()).get().asString().contains("model-attempts", "hemline topics create");

        // When
        topic.missing = false;
        load(loader);

        // Then
        assertThat(loader.trouble()).isEmpty();
    }

    @Test
    void shouldStopWaitingWhenItIsCancelled() {
        // Given
        said("app/m/v000007/b", AttemptState.TRYING, Instant.now());
        CarefulLoader loader = loader("a", survives);
        var loading = loading(loader);
        await().until(() -> standing().containsKey("app/m/v000007/a"));

        // When
        loader.cancel();

        // Then
        assertThat(loading)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withCauseInstanceOf(KafkaException.class);
        assertThat(log).isEmpty();
        assertThat(standing()).containsOnlyKeys("app/m/v000007/b");
    }

    @Test
    void shouldTakeAnyNumberOfStrangersRecords() throws Exception {
        // Given
        for (int i = 0; i < 2_000; i++) {
            said("app/m/v000007/stranger-" + i, AttemptState.LOADING, LONG_AGO);
        }

        // When
        load(loader("a", survives));

        // Then
        assertThat(log).containsExactly("tried v7", "a loaded v7");
        assertThat(standing()).hasSizeLessThan(1_001);
    }
}

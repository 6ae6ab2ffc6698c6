package dev.hemline.classifier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.prefetch.EngineFailedException;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.image.HeavyPicture;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageEvents;
import dev.hemline.image.ImageLimits;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.Rejection;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceEngineTest {
    private final ModelRegistry models = new ModelRegistry();
    private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
    private final ImageEventReader reader = new ImageEventReader() {
        @Override
        public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
            if (unreadable.contains(record.offset())) {
                throw new NotYetReadableException("its schema is being fetched");
            }
            return super.read(record);
        }
    };
    private final InferenceEngine engine = new InferenceEngine(
            new EngineSettings(2, 16),
            models,
            reader,
            new ImageDecoder(ImageLimits.DEFAULT),
            ClassifierListener.NONE,
            Tracing.OFF);

    @AfterEach
    void close() {
        engine.close();
        models.close();
    }

    private List<Outcome> outcomes(byte[]... events) {
        return outcomes(Arrays.asList(events));
    }

    private List<Outcome> outcomes(List<byte[]> events) {
        return submit(events).stream().map(CompletableFuture::join).toList();
    }

    /** Of those that are taken on. */
    private List<CompletableFuture<Outcome>> submit(List<byte[]> events) {
        return engine.submit(events.stream().map(ImageEvents::record).toList()).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Classification classification(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Classified.class);
        return ((Classified) outcome).classification();
    }

    @Test
    void shouldAnswerEveryEventWithTheModelThatMadeTheAnswer() {
        models.swap(new FakeModel(7));

        Classification light =
                classification(outcomes(ImageEvents.onePixel("a", 204)).get(0));

        assertThat(light.getId()).isEqualTo("a");
        assertThat(light.getLabelName()).isEqualTo("light");
        assertThat(light.getConfidence()).isEqualTo(0.8f);
        assertThat(light.getProbabilities()).hasSize(2);
        assertThat(light.getModelVersion()).isEqualTo(7);
        assertThat(light.getModelSha256()).hasSize(12);
    }

    @Test
    void shouldKeepEventsUntilTheFirstModelServes() {
        List<CompletableFuture<Outcome>> waiting =
                submit(List.of(ImageEvents.onePixel("a", 1), ImageEvents.onePixel("b", 2)));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(engine.waiting()).isEqualTo(2);

        models.swap(new FakeModel(1));

        assertThat(waiting).allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(Classified.class));
    }

    @Test
    void shouldClassifyWhatArrivesTogetherInOneBatchOfAtMostTheLargestSize() {
        FakeModel model = new FakeModel(1);
        models.swap(model);

        outcomes(IntStream.range(0, 40)
                .mapToObj(i -> ImageEvents.onePixel("e" + i, i + 20))
                .toArray(byte[][]::new));

        assertThat(model.largestBatch).hasValue(16);
    }

    @Test
    void shouldTakeOnWhatIsAnsweredWithinASecondOfEachWorkerAndOneMoreForWhoeverWaits() {
        FakeModel model = new FakeModel(1);
        models.swap(model);
        List<byte[]> heavy = Collections.nCopies(40, HeavyPicture.event("heavy"));

        List<CompletableFuture<Outcome>> taken = submit(heavy);

        assertThat(taken).hasSizeBetween(3, 8);
        assertThat(engine.hasRoom()).isFalse();
        assertThat(submit(heavy)).hasSize(1);
        await().until(engine::hasRoom);
        taken.forEach(outcome -> assertThat(outcome.join()).isInstanceOf(Classified.class));
    }

    @Test
    void shouldNotLetHeavyPicturesWaitForEachOther() {
        FakeModel model = new FakeModel(1);
        models.swap(model);

        outcomes(HeavyPicture.event("a"), HeavyPicture.event("b"), HeavyPicture.event("c"));

        assertThat(model.largestBatch).hasValue(1);
    }

    @Test
    void shouldLetOnlyTheirOwnPartitionWaitForEventsThatCannotBeReadYet() {
        models.swap(new FakeModel(1));
        List<ConsumerRecord<byte[], byte[]>> events =
                List.of(record(0, 5), record(1, 8), record(0, 6), record(1, 9), record(0, 7));
        unreadable.add(6L);

        List<Optional<CompletableFuture<Outcome>>> outcomes = engine.submit(events);

        assertThat(outcomes).extracting(Optional::isPresent).containsExactly(true, true, false, true, false);
        unreadable.clear();
        assertThat(engine.submit(List.of(events.get(2), events.get(4)))).allMatch(Optional::isPresent);
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        return new ConsumerRecord<>(
                Topics.IMAGE_EVENTS.name(), partition, offset, null, ImageEvents.onePixel("at-" + offset, 1));
    }

    @Test
    void shouldTakeFewEventsOnWhileNobodyKnowsHowLongTheModelTakes() {
        List<byte[]> events = Collections.nCopies(40, ImageEvents.onePixel("a", 1));

        List<CompletableFuture<Outcome>> taken = submit(events);

        assertThat(taken).hasSize(10);
        models.swap(new FakeModel(1));
        await().until(engine::hasRoom);
        assertThat(submit(events)).hasSize(40);
    }

    @Test
    void shouldHaveRoomAgainWhenEventsGoElsewhere() {
        List<CompletableFuture<Outcome>> taken = submit(Collections.nCopies(40, ImageEvents.onePixel("a", 1)));

        taken.forEach(outcome -> outcome.cancel(false));

        assertThat(engine.hasRoom()).isTrue();
    }

    @Test
    void shouldHaveRoomAgainWhenTheMachineFailsWhileItTakesEventsOn() {
        List<ConsumerRecord<byte[], byte[]>> failing = new AbstractList<>() {
            @Override
            public ConsumerRecord<byte[], byte[]> get(int index) {
                if (index == 9) {
                    throw new StackOverflowError("of the machine");
                }
                return ImageEvents.record(ImageEvents.onePixel("a", 1));
            }

            @Override
            public int size() {
                return 10;
            }
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> engine.submit(failing)).isInstanceOf(StackOverflowError.class);
        }

        assertThat(engine.hasRoom()).isTrue();
        assertThat(engine.waiting()).isZero();
    }

    @Test
    void shouldLetWhatWaitsEndBeforeASlowerModelServes() throws Exception {
        FakeModel fast = new FakeModel(1);
        fast.millis = 2;
        models.swap(fast);
        List<CompletableFuture<Outcome>> taken = submit(Collections.nCopies(100, ImageEvents.onePixel("a", 1)));
        FakeModel slow = new FakeModel(2);
        slow.millis = 200;

        var rehearsed = engine.rehearsing((manifest, archive) -> slow).load(slow.manifest(), new byte[0]);

        assertThat(taken.stream().filter(outcome -> !outcome.isDone())).hasSizeLessThanOrEqualTo(10);
        rehearsed.close();
    }

    @Test
    void shouldMakeBatchesSmallerWhenThereIsNoMemoryForThem() {
        FakeModel model = new FakeModel(1);
        model.room = 3;
        models.swap(model);

        List<Outcome> outcomes = outcomes(Collections.nCopies(16, ImageEvents.onePixel("a", 1)));

        assertThat(outcomes).hasSize(16).allMatch(Classified.class::isInstance);
        assertThat(model.largestBatch).hasValue(2);
    }

    @Test
    void shouldBlameNoEventWhenThereIsNoMemoryForOne() {
        FakeModel model = new FakeModel(1);
        model.room = 0;
        models.swap(model);

        CompletableFuture<Outcome> outcome =
                submit(List.of(ImageEvents.onePixel("a", 1))).get(0);

        assertThat(outcome)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("can't allocate memory");
    }

    @Test
    void shouldTellWhoeverWaitsAndWhoeverComesWhyAWorkerEnded() {
        List<CompletableFuture<Outcome>> waiting =
                submit(List.of(ImageEvents.onePixel("a", 1), ImageEvents.onePixel("b", 2)));

        models.swap(new FakeModel(1) {
            @Override
            public int largestBatch() {
                throw new NoClassDefFoundError("its jar was replaced");
            }
        });

        assertThat(waiting)
                .allSatisfy(outcome -> assertThat(outcome)
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withCauseInstanceOf(NoClassDefFoundError.class));
        assertThatThrownBy(() -> submit(List.of(ImageEvents.onePixel("c", 3))))
                .isInstanceOf(EngineFailedException.class)
                .hasRootCauseMessage("its jar was replaced");
    }

    @Test
    void shouldNotClassifyWhatNobodyWaitsForAnyLonger() {
        FakeModel model = new FakeModel(1);
        List<CompletableFuture<Outcome>> waiting = submit(
                List.of(ImageEvents.onePixel("a", 1), ImageEvents.onePixel("b", 2), ImageEvents.onePixel("c", 3)));
        waiting.get(0).cancel(false);
        waiting.get(2).cancel(false);

        models.swap(model);

        assertThat(classification(waiting.get(1).join()).getId()).isEqualTo("b");
        assertThat(model.largestBatch).hasValue(1);
    }

    @Test
    void shouldRejectOnlyTheBadEventsOfABatch() {
        models.swap(new FakeModel(1));
        byte[] notAnEvent = {1, 2, 3};

        List<Outcome> outcomes = outcomes(Arrays.asList(
                ImageEvents.onePixel("a", 1),
                notAnEvent,
                new byte[] {0, 0, 0, 0, 7, 1},
                ImageEvents.bytes(ImageEvents.grey("b", 2, 2, (byte) 1)),
                ImageEvents.onePixel("", 1),
                null,
                new byte[] {'{'},
                ImageEvents.onePixel("c", 255)));

        assertThat(classification(outcomes.get(0)).getId()).isEqualTo("a");
        assertThat(classification(outcomes.get(7)).getId()).isEqualTo("c");
        assertThat(outcomes.subList(1, 7))
                .extracting(outcome -> ((Rejected) outcome).reason())
                .containsExactly(
                        Rejection.UNDECODABLE_EVENT,
                        Rejection.UNKNOWN_SCHEMA,
                        Rejection.SIZE_MISMATCH,
                        Rejection.MISSING_ID,
                        Rejection.UNDECODABLE_EVENT,
                        Rejection.UNDECODABLE_JSON);
        assertThat(((Rejected) outcomes.get(1)).event()).isSameAs(notAnEvent);
    }

    @Test
    void shouldLetAPoisonedImageFailAlone() {
        models.swap(new FakeModel(1));

        List<Outcome> outcomes = outcomes(
                ImageEvents.onePixel("a", 1),
                ImageEvents.onePixel("poison", FakeModel.POISON),
                ImageEvents.onePixel("b", 255));

        assertThat(classification(outcomes.get(0)).getLabelName()).isEqualTo("dark");
        assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(Rejection.INFERENCE_FAILED);
        assertThat(classification(outcomes.get(2)).getLabelName()).isEqualTo("light");
    }

    @Test
    void shouldRejectAnAnswerThatIsNoNumber() {
        models.swap(new FakeModel(1));

        Outcome outcome =
                outcomes(ImageEvents.onePixel("a", FakeModel.OVERFLOW)).get(0);

        assertThat(((Rejected) outcome).reason()).isEqualTo(Rejection.INFERENCE_FAILED);
        assertThat(((Rejected) outcome).message()).contains("NaN");
    }

    @Test
    void shouldFreeAReplacedModelEvenWhenNoEventArrives() {
        FakeModel first = new FakeModel(1);
        models.swap(first);
        outcomes(ImageEvents.onePixel("a", 1));

        models.swap(new FakeModel(2));

        await().untilAsserted(() -> {
            assertThat(first.closed).isTrue();
            assertThat(first.openClassifiers).hasValue(0);
        });
    }

    @Test
    void shouldNeverGoBackToAnOlderVersionWhileModelsChange() throws Exception {
        models.swap(new FakeModel(1));
        Thread swaps = new Thread(() -> IntStream.rangeClosed(2, 200).forEach(version -> {
            models.swap(new FakeModel(version));
            Thread.onSpinWait();
        }));
        swaps.start();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            outcomes.addAll(submit(List.of(ImageEvents.onePixel("e" + i, 100))));
        }
        swaps.join();

        List<Integer> versions = outcomes.stream()
                .map(outcome -> classification(outcome.join()).getModelVersion())
                .toList();

        assertThat(versions).isSorted();
    }

    @Test
    void shouldGiveItsModelsBackWhenClosed() {
        FakeModel model = new FakeModel(1);
        models.swap(model);
        outcomes(ImageEvents.onePixel("a", 1));

        engine.close();
        models.close();

        assertThat(model.closed).isTrue();
        assertThat(model.openClassifiers).hasValue(0);
    }
}

package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.lang.Thread.State;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchPipelineTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @Test
    void shouldDealWhatWouldBeDealtWithoutIt() {
        Batches direct = batches();
        Batch expected = direct.newBatch();
        try (BatchPipeline pipeline = new BatchPipeline(batches(), Teacher.NONE, 3, 4)) {
            for (int epoch = 3; epoch <= 4; epoch++) {
                direct.startEpoch(epoch);
                while (direct.fill(expected)) {
                    Batch batch = pipeline.take();
                    assertThat(batch.labels()).isEqualTo(expected.labels());
                    assertThat(batch.pixels()).isEqualTo(expected.pixels());
                    pipeline.release(batch);
                }
            }
        }
    }

    @Test
    void shouldFillTheSameFewBatchesAgainAndAgain() {
        Set<Batch> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        try (BatchPipeline pipeline = new BatchPipeline(batches(), Teacher.NONE, 1, 10)) {
            for (int i = 0; i < 10 * batches().perEpoch(); i++) {
                Batch batch = pipeline.take();
                seen.add(batch);
                pipeline.release(batch);
            }
        }

        assertThat(seen).hasSize(4);
    }

    @Test
    void shouldAskTheTeacherAboutTheVeryVariantThatIsLearntFrom() {
        try (BatchPipeline pipeline = new BatchPipeline(batches(), BatchPipelineTest::brightness, 1, 2)) {
            for (int i = 0; i < 2 * batches().perEpoch(); i++) {
                Batch batch = pipeline.take();
                assertThat(batch.answers()).isDeepEqualTo(brightness(ByteBuffer.wrap(batch.pixels()), batch.size()));
                pipeline.release(batch);
            }
        }
    }

    @Test
    @Timeout(60)
    void shouldWaitForTheTeachersLastAnswerWhenClosed() throws Exception {
        // Given a teacher who answers only when somebody waits for that, or has given up waiting
        Thread owner = Thread.currentThread();
        AtomicBoolean gaveUp = new AtomicBoolean();
        AtomicBoolean answered = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(1);
        Teacher slow = (pixels, n) -> {
            asked.countDown();
            while (!gaveUp.get()
                    && !(Thread.currentThread().isInterrupted() && owner.getState() == State.TIMED_WAITING)) {
                Thread.onSpinWait();
            }
            answered.set(true);
            return brightness(pixels, n);
        };
        BatchPipeline pipeline = new BatchPipeline(batches(), slow, 1, 1);
        asked.await();

        // When
        pipeline.close();

        // Then
        boolean waited = answered.get();
        gaveUp.set(true);
        assertThat(waited).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldTellWhyTheTeacherFailed() {
        assertTold(new IllegalStateException("no answer"), (pixels, n) -> {
            throw new IllegalStateException("no answer");
        });
    }

    @Test
    @Timeout(60)
    void shouldTellThatMemoryRanOut() {
        assertTold(new OutOfMemoryError("direct buffers"), (pixels, n) -> {
            throw new OutOfMemoryError("direct buffers");
        });
    }

    private static void assertTold(Throwable failure, Teacher sick) {
        try (BatchPipeline pipeline = new BatchPipeline(batches(), sick, 1, 1)) {
            assertThatIllegalStateException()
                    .isThrownBy(pipeline::take)
                    .withMessage("no more batches")
                    .havingCause()
                    .isInstanceOf(failure.getClass())
                    .withMessage(failure.getMessage());
        }
    }

    private static float[][] brightness(ByteBuffer pixels, int n) {
        float[][] rows = new float[n][1];
        for (int i = 0; i < pixels.remaining(); i++) {
            rows[i * n / pixels.remaining()][0] += pixels.get(i) & 0xff;
        }
        return rows;
    }

    private static Batches batches() {
        return new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), new Augmentation(true, 2, 5, 0.5), 16, 5);
    }
}

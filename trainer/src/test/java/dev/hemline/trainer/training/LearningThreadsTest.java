package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LearningThreadsTest {
    private final LearningThreads threads = new LearningThreads(2, 1);

    @Test
    void shouldComputePartsSideBySide() {
        // Given parts that end only once both have begun
        var begun = new CountDownLatch(2);
        Callable<Step> first = () -> meet(begun, new Step(0.25, 1));
        Callable<Step> second = () -> meet(begun, new Step(0.5, 2));

        try (threads) {
            assertThat(threads.all(List.of(first, second))).containsExactly(new Step(0.25, 1), new Step(0.5, 2));
        }
    }

    @Test
    void shouldTellWhatOnePartFailedWithOnceAllHaveEnded() {
        var failing = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        Callable<Step> fails = () -> {
            failing.countDown();
            throw new OutOfMemoryError("for the test");
        };
        Callable<Step> ends = () -> {
            failing.await();
            ended.set(true);
            return Step.NONE;
        };

        try (threads) {
            assertThatThrownBy(() -> threads.all(List.of(fails, ends)))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("for the test");
            assertThat(ended).isTrue();
        }
    }

    private static Step meet(CountDownLatch begun, Step found) throws InterruptedException {
        begun.countDown();
        begun.await();
        return found;
    }
}

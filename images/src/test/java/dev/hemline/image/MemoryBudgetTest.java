package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryBudgetTest {
    private static final int THREADS = 4;

    private final MemoryBudget budget = new MemoryBudget(100 << 10);
    private final AtomicInteger decoding = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Test
    void shouldLetLargePicturesWaitForEachOther() {
        // When
        decodeInAllThreads(60 << 10);

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.takenKib()).isZero();
    }

    @Test
    void shouldLetSmallPicturesThroughTogether() {
        // When
        decodeInAllThreads(24 << 10);

        // Then
        assertThat(mostAtOnce).hasValue(THREADS);
    }

    @Test
    void shouldLetAPictureThatTakesAllGoAlone() {
        // When
        decodeInAllThreads(budget.total());

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.takenKib()).isZero();
    }

    private void decodeInAllThreads(long bytes) {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(
                    new CompletableFuture<Void>().completeAsync(() -> decode(bytes), task -> new Thread(task).start()));
        }
        threads.forEach(CompletableFuture::join);
    }

    /** Stays until as many as ever will are here together, or for a moment. */
    private Void decode(long bytes) {
        try (MemoryBudget.Share share = budget.take(bytes)) {
            mostAtOnce.accumulateAndGet(decoding.incrementAndGet(), Math::max);
            long deadline = System.nanoTime() + 50_000_000;
            while (mostAtOnce.get() < THREADS && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            decoding.decrementAndGet();
        }
        return null;
    }
}

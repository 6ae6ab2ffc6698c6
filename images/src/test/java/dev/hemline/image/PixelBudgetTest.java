package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PixelBudgetTest {
    private static final int THREADS = 4;

    private final PixelBudget budget = new PixelBudget(100);
    private final AtomicInteger decoding = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Test
    void shouldLetLargePicturesWaitForEachOther() {
        // When
        decodeInAllThreads(60);

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void shouldLetSmallPicturesThroughTogether() {
        // When
        decodeInAllThreads(25);

        // Then
        assertThat(mostAtOnce).hasValue(THREADS);
    }

    @Test
    void shouldLetAPictureThatIsLargerThanAllGoAlone() {
        // When
        decodeInAllThreads(5_000_000_000L);

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.taken()).isZero();
    }

    private void decodeInAllThreads(long pixels) {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(new CompletableFuture<Void>()
                    .completeAsync(() -> decode(pixels), task -> new Thread(task).start()));
        }
        threads.forEach(CompletableFuture::join);
    }

    /** Stays until as many as ever will are here together, or for a moment. */
    private Void decode(long pixels) {
        try (PixelBudget.Share share = budget.take(pixels)) {
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

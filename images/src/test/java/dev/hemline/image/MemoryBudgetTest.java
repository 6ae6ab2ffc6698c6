package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {
    private static final int THREADS = 4;
    /** So long it is looked whether one more comes that should not. */
    private static final Duration MOMENT = Duration.ofMillis(50);
    /** Threads that may go at once may have to wait for a processor. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryBudget budget = new MemoryBudget(100 << 10);
    private final AtomicInteger decoding = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @Test
    void shouldLetLargePicturesWaitForEachOther() {
        // When
        decodeInAllThreads(60 << 10, MOMENT);

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.takenKib()).isZero();
    }

    @Test
    void shouldLetSmallPicturesThroughTogether() {
        // When
        decodeInAllThreads(24 << 10, PATIENCE);

        // Then
        assertThat(mostAtOnce).hasValue(THREADS);
    }

    @Test
    void shouldLetAPictureThatTakesAllGoAlone() {
        // When
        decodeInAllThreads(budget.total(), MOMENT);

        // Then
        assertThat(mostAtOnce).hasValue(1);
        assertThat(budget.takenKib()).isZero();
    }

    private void decodeInAllThreads(long bytes, Duration patience) {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(new CompletableFuture<Void>()
                    .completeAsync(() -> decode(bytes, patience), task -> new Thread(task).start()));
        }
        threads.forEach(CompletableFuture::join);
    }

    /** Stays until as many as ever will are here together, or for so long. */
    private Void decode(long bytes, Duration patience) {
        try (MemoryBudget.Share share = budget.take(bytes)) {
            mostAtOnce.accumulateAndGet(decoding.incrementAndGet(), Math::max);
            long end = System.nanoTime() + patience.toNanos();
            while (mostAtOnce.get() < THREADS && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            decoding.decrementAndGet();
        }
        return null;
    }
}

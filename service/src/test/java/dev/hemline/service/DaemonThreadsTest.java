package dev.hemline.service;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("failing");
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void shouldGoOnWithWhatIsDoneAgainAndAgainWhateverBecomesOfOneTime() {
        Runnable failing = () -> {
            times.incrementAndGet();
            throw new NoClassDefFoundError("its jar was replaced");
        };

        var unused = thread.scheduleAtFixedRate(failing, 0, 1, TimeUnit.MILLISECONDS);
        var unusedToo = thread.scheduleWithFixedDelay(failing, 0, 1, TimeUnit.MILLISECONDS);
        thread.execute(failing);

        await().until(() -> times.get() > 10);
    }
}

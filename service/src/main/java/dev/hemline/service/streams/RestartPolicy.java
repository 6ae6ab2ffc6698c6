package dev.hemline.service.streams;

import dev.hemline.service.LogThrottle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream does about failures around it, a topic that is gone or a full disk: it waits a moment and begins again with
 * another thread, until that is put right. What a thread had not finished is not committed, so nothing is lost or doubled.
 */
public final class RestartPolicy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestartPolicy.class);
    /** Shorter than transactions last, so that the thread that ends can take its own back. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Where no other thread has died for so long, the last one has what it needs. */
    private static final Duration LASTING = Duration.ofSeconds(20);

    private final String who;
    private final Duration pause;
    private final LogThrottle line = new LogThrottle();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Trouble latest;

    private record Trouble(String sentence, long nanos) {}

    /** @param who goes on, for the log: {@code Classification} */
    public RestartPolicy(String who) {
        this(who, PAUSE);
    }

    RestartPolicy(String who, Duration pause) {
        this.who = who;
        this.pause = pause;
    }

    /**
     * Whether another thread may take the place of the one that died of this. If so, it returns after a pause; called on
     * the thread that dies.
     */
    public boolean given(Throwable failure) {
        Optional<String> fault = RecoverableFailures.fault(failure);
        if (fault.isEmpty()) {
            return false;
        }
        latest = new Trouble(fault.get(), System.nanoTime());
        if (line.isDue(fault.get())) {
            LOG.warn("{} waits: {}; it goes on by itself once that is put right", who, fault.get());
        }
        try {
            var unused = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** What it still waits for, as far as is known. */
    public Optional<String> trouble() {
        return Optional.ofNullable(latest)
                .filter(trouble -> System.nanoTime() - trouble.nanos() < LASTING.toNanos())
                .map(Trouble::sentence);
    }

    /** Nobody waits any longer. */
    @Override
    public void close() {
        closed.countDown();
    }
}

package dev.hemline.quality.stream;

import dev.hemline.service.LogThrottle;
import dev.hemline.service.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a stream, and starts it again when it has died, more and more seldom. What keeps it from starting, a state folder that
 * cannot be written, topics that do not allow it, a failure of our own, is logged and tried again; classification goes on.
 */
public final class StreamSupervisor<S extends StreamSupervisor.Supervised> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSupervisor.class);
    private static final long CHECK_SECONDS = 2;
    private static final long FIRST_PAUSE_SECONDS = 10;
    /** What dies again and again is not worth more of the brokers' time. */
    private static final long LONGEST_PAUSE_SECONDS = 300;
    /** What has lived for so long died of something new. */
    private static final Duration LASTING = Duration.ofMinutes(10);

    private final String missing;
    private final ScheduledExecutorService timer;
    private final LogThrottle line = new LogThrottle();
    private volatile @Nullable S running;
    private volatile Optional<String> trouble = Optional.empty();
    private long pauseSeconds = FIRST_PAUSE_SECONDS;
    private long begunNanos;
    private boolean closed;

    /** What can be supervised. */
    public interface Supervised extends AutoCloseable {
        /** Begins to work, in threads of its own. */
        void start();

        /** How it works. */
        ObserverStream observer();

        @Override
        void close();
    }

    /**
     * @param missing what there is none of while it does not run, such as "no scores are kept"
     * @param timer to start it with; shut down by whoever made it, before this is closed
     */
    public StreamSupervisor(String missing, ScheduledExecutorService timer) {
        this.missing = missing;
        this.timer = timer;
    }

    /**
     * Starts and returns at once, started or not.
     *
     * @param streams makes one that has not started, again and again where that fails or it dies
     */
    public void start(Supplier<S> streams) {
        timer.execute(() -> attempt(streams));
        var unused =
                timer.scheduleAtFixedRate(() -> buryTheDead(streams), CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void attempt(Supplier<S> streams) {
        if (closed) {
            return;
        }
        S stream = null;
        try {
            stream = streams.get();
            stream.start();
            running = stream;
            begunNanos = System.nanoTime();
            trouble = Optional.empty();
        } catch (RuntimeException | Error e) {
            boolean known = e instanceof UserError || e instanceof KafkaException;
            String why = known ? String.valueOf(e.getMessage()) : e.toString();
            again(streams, why, known ? null : e, known ? FIRST_PAUSE_SECONDS : nextPause());
            if (stream != null) {
                stream.close();
            }
        }
    }

    private void again(Supplier<S> streams, String why, @Nullable Throwable unforeseen, long seconds) {
        if (timer.isShutdown()) {
            // The end interrupts whatever waits for brokers, which is no trouble of theirs.
            return;
        }
        if (line.isDue(why)) {
            LOG.error(
                    "{} here: {}; classification goes on, and this too once that is put right",
                    Character.toUpperCase(missing.charAt(0)) + missing.substring(1),
                    why,
                    unforeseen);
        }
        trouble = Optional.of(why);
        var unused = timer.schedule(() -> attempt(streams), seconds, TimeUnit.SECONDS);
    }

    private long nextPause() {
        long now = pauseSeconds;
        pauseSeconds = Math.min(2 * now, LONGEST_PAUSE_SECONDS);
        return now;
    }

    private synchronized void buryTheDead(Supplier<S> streams) {
        S started = running;
        Optional<String> death =
                started == null ? Optional.empty() : started.observer().death();
        if (closed || started == null || death.isEmpty()) {
            return;
        }
        if (System.nanoTime() - begunNanos > LASTING.toNanos()) {
            pauseSeconds = FIRST_PAUSE_SECONDS;
        }
        running = null;
        again(streams, death.get(), null, nextPause());
        started.close();
    }

    /** The stream, while there is one. */
    public Optional<S> stream() {
        return Optional.ofNullable(running);
    }

    /** Why it does not work right now; empty where it does, and where nobody wants it. */
    public Optional<String> trouble() {
        S started = running;
        return (started == null ? trouble : started.observer().death().or(started.observer()::trouble))
                .map(why -> missing + " here: " + why + "; it is tried again");
    }

    /** Whether it works, or will once partitions are given out. */
    public boolean running() {
        S started = running;
        return started != null && started.observer().running();
    }

    @Override
    public synchronized void close() {
        closed = true;
        S started = running;
        if (started != null) {
            started.close();
        }
    }
}

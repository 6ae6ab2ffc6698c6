package dev.hemline.service.streams;

import dev.hemline.service.LogThrottle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream whose thread dies. After a failure around it, a topic that is gone or a full disk, it waits a
 * moment and begins again with another thread, until that is put right; after one of its own it ends. What a thread had not
 * finished is not committed, so nothing is lost or doubled.
 */
public final class RestartPolicy implements StreamsUncaughtExceptionHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestartPolicy.class);
    /** Shorter than transactions last, so that the thread that ends can take its own back. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Where no other thread has died for so long, the last one has what it needs. */
    private static final Duration LASTING = Duration.ofSeconds(20);

    private final String who;
    private final Consumer<Throwable> fatal;
    private final Duration pause;
    private final LogThrottle line = new LogThrottle();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Trouble latest;

    private record Trouble(String sentence, long nanos) {}

    /**
     * @param who goes on, for the log: {@code Classification}
     * @param fatal hears of a failure that ends the stream
     */
    public RestartPolicy(String who, Consumer<Throwable> fatal) {
        this(who, fatal, PAUSE);
    }

    RestartPolicy(String who, Consumer<Throwable> fatal, Duration pause) {
        this.who = who;
        this.fatal = fatal;
        this.pause = pause;
    }

    /** Returns after the pause, if there is one; called on the thread that dies. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (find(failure, InvalidTxnStateException.class).isPresent()) {
            // Brokers abort a transaction that took too long, because a machine stood still or a broker was gone.
            // Mostly a
            // producer hears that it was fenced, and Kafka Streams begins again by itself; one that commits just then
            // is
            // told of an invalid state instead, which Kafka Streams takes for a bug.
            LOG.warn(
                    "{} goes on: brokers aborted a transaction that took too long, and its records are done again",
                    who);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Optional<String> fault = RecoverableFailures.fault(failure);
        if (fault.isEmpty()) {
            fatal.accept(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
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
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** A failure or one of its causes, if any is of this kind. */
    public static <E extends Throwable> Optional<E> find(@Nullable Throwable failure, Class<E> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
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

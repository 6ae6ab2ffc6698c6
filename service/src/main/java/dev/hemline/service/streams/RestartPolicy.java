package dev.hemline.service.streams;

import dev.hemline.service.KafkaProblem;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.failure.Causes;
import dev.hemline.topic.NotYetReadableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream whose thread dies. After a failure around it, a topic that is gone or a full disk, it waits a
 * moment and begins again with another thread, until that is put right; after one of its own it ends. It ends too where
 * Kafka Streams has no other thread to give: the one that fills global stores. What a thread had not finished is not
 * committed, so nothing is lost or doubled.
 */
public final class RestartPolicy implements StreamsUncaughtExceptionHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RestartPolicy.class);
    /** Shorter than transactions last, so that the thread that ends can take its own back. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Where no other thread has died for so long, the last one has what it needs. */
    private static final Duration LASTING = Duration.ofSeconds(20);

    /** Kafka Streams names the topic that a record was for only in its message. */
    private static final Pattern SENT_TO = Pattern.compile("record to topic (\\S+) for task");

    /** What Kafka Streams ends the name of the thread with that fills global stores. */
    private static final String GLOBAL_THREAD = "-GlobalStreamThread";

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
        if (Thread.currentThread().getName().endsWith(GLOBAL_THREAD)) {
            // Asked for another one, Kafka Streams would end without a word.
            return end(failure);
        }
        if (Causes.find(failure, InvalidTxnStateException.class).isPresent()) {
            // Brokers abort a transaction that took too long, because a machine stood still or a broker was gone.
            // Mostly a producer hears that it was fenced, and Kafka Streams begins again by itself; one that commits
            // just then is told of an invalid state instead, which Kafka Streams takes for a bug.
            LOG.warn(
                    "{} goes on: brokers aborted a transaction that took too long, and its records are done again",
                    who);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Optional<String> fault = fault(failure);
        if (fault.isEmpty()) {
            return end(failure);
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

    /** For a failure that no waiting mends, whatever it looks like. */
    public StreamThreadExceptionResponse end(Throwable failure) {
        fatal.accept(failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What somebody can put right around a stream, in a sentence; empty for a failure of our own. */
    public static Optional<String> fault(Throwable failure) {
        if (Causes.of(failure).anyMatch(RestartPolicy::isShutDoor)) {
            return Optional.empty();
        }
        String topic = Causes.of(failure)
                .map(cause -> SENT_TO.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(sentTo -> "topic " + sentTo.group(1))
                .findFirst()
                .orElse("its topic");
        return Causes.of(failure)
                .flatMap(cause -> faultIn(cause, topic).stream())
                .findFirst();
    }

    private static Optional<String> faultIn(Throwable cause, String topic) {
        if (cause instanceof MissingSourceTopicException) {
            return Optional.of("a topic that it reads is gone; './hemline topics create' makes it anew");
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Optional.of(topic + " is gone; './hemline topics create' makes it anew");
        }
        if (cause instanceof RecordTooLargeException) {
            return Optional.of("a record is larger than " + topic + " takes; raise its max.message.bytes");
        }
        if (cause instanceof NotYetReadableException) {
            return Optional.of("a record cannot be read yet: " + cause.getMessage());
        }
        if (cause instanceof InvalidTimestampException || cause instanceof InvalidRecordException) {
            // Of several in a batch, it is the second, whatever is wrong; which has a wrong time says so.
            return Optional.of(topic + " takes no record of this time or form, is this machine's clock right? "
                    + cause.getMessage());
        }
        if (cause instanceof TimeoutException) {
            return Optional.of("brokers do not do in time what is asked: " + cause.getMessage());
        }
        return isOfFiles(cause)
                ? Optional.of("local files cannot be written: "
                        + KafkaProblem.reason(cause).getMessage()
                        + "; is the disk of --state-dir or of java.io.tmpdir full or read-only?")
                : Optional.empty();
    }

    /** Waiting opens none: a certificate, a name or a password has to be another one. */
    private static boolean isShutDoor(Throwable cause) {
        return cause instanceof AuthenticationException || cause instanceof SSLException;
    }

    /** Whatever fails on a network has a class of its own; a full disk has not. */
    private static boolean isOfFiles(Throwable cause) {
        return (cause instanceof ProcessorStateException && !isOfItsRecords(KafkaProblem.reason(cause)))
                || cause instanceof FileSystemException
                || cause instanceof FileNotFoundException
                || cause.getClass() == IOException.class;
    }

    /** Disks fail with checked exceptions; what was restored and makes no sense, with those of programs. */
    private static boolean isOfItsRecords(Throwable reason) {
        return reason instanceof RuntimeException && !(reason instanceof KafkaException);
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

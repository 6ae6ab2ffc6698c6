package dev.hemline.producer;

import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records to Kafka and keeps account of every one. The first that fails for good, after the client's own retries,
 * ends the delivery: a gap must not go unnoticed.
 *
 * <p>The client is expected to block only shortly ({@code max.block.ms}) where it cannot take a record; being patient is
 * done here, where somebody can ask to stop.
 */
final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final DeliveryCounts counts;
    private final Ticker ticker;
    private final BooleanSupplier stopping;
    private final AtomicReference<@Nullable Failure> firstFailure = new AtomicReference<>();

    private record Failure(String message, Exception cause) {}

    Delivery(Producer<String, byte[]> producer, DeliveryCounts counts, Ticker ticker, BooleanSupplier stopping) {
        this.producer = producer;
        this.counts = counts;
        this.ticker = ticker;
        this.stopping = stopping;
    }

    /**
     * Waits until Kafka tells where a topic is, so that the first event need not, or until somebody asks to stop.
     *
     * @throws UserError if it does not tell within a minute, or refuses
     */
    void awaitTopic(Topic<?, ?> topic) {
        try {
            patiently(() -> producer.partitionsFor(topic.name()));
        } catch (KafkaException e) {
            throw new UserError("Topic " + topic + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Hands one record over, which is sent soon. Waits while too many are under way.
     *
     * @throws UserError if an earlier one failed, if Kafka takes nothing for a minute, or if the client has given up
     */
    void send(EventKind kind, Topic<?, ?> topic, String key, byte @Nullable [] value) {
        endIfFailed();
        var record = new ProducerRecord<>(topic.name(), key, value);
        try {
            patiently(() -> handOver(kind, record));
        } catch (KafkaException e) {
            fail(kind, record, e);
            endIfFailed();
        }
    }

    /** Tries once; fails where the client did not even take the record, so that trying again is safe. */
    private void handOver(EventKind kind, ProducerRecord<String, byte[]> record) {
        Thread sender = Thread.currentThread();
        var notTaken = new AtomicReference<@Nullable TimeoutException>();
        // the callback says how it went, so the future has no news
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                counts.acknowledge(kind);
            } else if (failure instanceof TimeoutException timeout && Thread.currentThread() == sender) {
                // what fails after it was taken is told by the client's own thread
                notTaken.set(timeout);
            } else {
                fail(kind, record, failure);
            }
        });
        TimeoutException reason = notTaken.get();
        if (reason != null) {
            throw reason;
        }
    }

    private void patiently(Runnable attempt) {
        long start = ticker.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                attempt.run();
                return;
            } catch (TimeoutException e) {
                endIfFailed();
                if (stopping.getAsBoolean() || ticker.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                if (tries == 1) {
                    LOG.warn("Waiting up to {} s for Kafka: {}", PATIENCE.toSeconds(), e.getMessage());
                }
            }
        }
    }

    private void fail(EventKind kind, ProducerRecord<String, byte[]> record, Exception failure) {
        counts.fail(kind);
        String why = isFenced(failure) ? "another process goes on with its run" : failure.getMessage();
        String message = "Event " + record.key() + " could not be sent to topic " + record.topic() + ": " + why;
        firstFailure.compareAndSet(null, new Failure(message, failure));
    }

    private static boolean isFenced(Exception failure) {
        return Stream.of(failure, failure.getCause())
                .anyMatch(reason ->
                        reason instanceof ProducerFencedException || reason instanceof InvalidProducerEpochException);
    }

    /**
     * Waits until everything is acknowledged, and closes the connection.
     *
     * @param patience what is not acknowledged by then has failed
     * @throws UserError if anything failed
     */
    void finish(Duration patience) {
        producer.close(patience);
        endIfFailed();
    }

    /** @throws UserError if anything failed, with the final figures */
    void endIfFailed() {
        Failure failure = firstFailure.get();
        if (failure != null) {
            close();
            throw new UserError(
                    String.format(
                            Locale.ROOT,
                            "%s (%,d events failed, %,d were acknowledged)",
                            failure.message,
                            counts.failed(),
                            counts.acknowledged()),
                    failure.cause);
        }
    }

    @Override
    public void close() {
        producer.close(LAST_WORDS);
    }
}

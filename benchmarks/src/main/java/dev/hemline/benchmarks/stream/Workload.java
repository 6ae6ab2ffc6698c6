package dev.hemline.benchmarks.stream;

import dev.hemline.event.ImageEvent;
import dev.hemline.service.UserError;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Puts loads onto whichever process classifies, and waits for all their results. */
final class Workload implements AutoCloseable {
    /** In which the sender's thread is there. */
    private static final Duration HEAD_START = Duration.ofMillis(100);

    private static final double MICROS = 1e3;

    private final LocalStream stream;
    private final UntrainedModel model;
    private final Producer<String, ImageEvent> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Receipts whenCommitted = new Receipts();
    private final Receipts whenWritten = new Receipts();
    private final TopicFollower committed;
    private final TopicFollower uncommitted;

    /**
     * What one contender made of one load once.
     *
     * @param committed for readers that wait for transactions
     * @param uncommitted for readers that do not
     * @param swaps how often another model version took over among the results that count
     * @param keptUp whether no more than a second's events were without committed result when the last was sent
     * @param senderLateMillis how late the sender handed on 99 of 100 events at most; this is in the latencies
     */
    record LoadResult(
            Receipts.Latency committed,
            Receipts.Latency uncommitted,
            int swaps,
            boolean keptUp,
            double senderLateMillis) {}

    /** @param model that is published again and again: each version is loaded and tried out, and answers as the one before */
    Workload(LocalStream stream, UntrainedModel model) {
        this.stream = stream;
        this.model = model;
        // Kafka's default is to wait 5 ms for more, which would be the sender's latency, not the stream's.
        this.producer = stream.imageProducer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
        this.committed = Answers.follow(new TopicReader(stream.client()), whenCommitted::take);
        this.uncommitted = Answers.follow(TopicReader.uncommitted(stream.client()), whenWritten::take);
    }

    /**
     * One load from its first event to its last result.
     *
     * @param swaps model versions to publish in the time that counts
     */
    LoadResult put(ClassifierGroup group, Schedule schedule, int swaps) throws InterruptedException {
        whenCommitted.expect(schedule);
        whenWritten.expect(schedule);
        Instant start = Instant.now().plus(HEAD_START);
        var sender = new OpenLoopSender(stream.images(), this::send);
        CompletableFuture<Histogram> sending = CompletableFuture.supplyAsync(
                () -> sender.send(schedule, start), work -> new Thread(work, "sender").start());
        for (Duration moment : schedule.moments(swaps)) {
            Duration left = Duration.between(Instant.now(), start.plus(moment));
            Thread.sleep(Math.max(0, left.toMillis()));
            stream.publish(model);
        }
        Histogram lateness = join(sending);
        int waiting = schedule.events() - whenCommitted.received();
        producer.flush();
        if (failure.get() != null) {
            throw new KafkaException("An event could not be sent", failure.get());
        }
        group.awaitCount(
                () -> {
                    committed.requireFollowing();
                    uncommitted.requireFollowing();
                    return Math.min(whenCommitted.received(), whenWritten.received());
                },
                schedule.events());
        return new LoadResult(
                whenCommitted.latency(),
                whenWritten.latency(),
                whenCommitted.swaps(),
                waiting <= schedule.rate(),
                lateness.getValueAtPercentile(99) / MICROS);
    }

    /** Hands an event to the brokers at once, and does not wait for them. */
    private void send(ImageEvent event) {
        var unused = producer.send(
                new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event),
                (where, failed) -> failure.compareAndSet(null, failed));
    }

    private static Histogram join(CompletableFuture<Histogram> sending) {
        try {
            return sending.join();
        } catch (CompletionException e) {
            throw new UserError("The sender failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        uncommitted.close();
        committed.close();
        producer.close();
    }
}

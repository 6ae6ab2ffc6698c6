package dev.hemline.benchmarks.latency;

import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.tap.TopicTap;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for results, in a thread of its own. */
final class ResultReader implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);

    private final TopicTap tap;
    private final Thread thread;
    private final AtomicReference<@Nullable Receipts> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closing;

    private ResultReader(TopicTap tap, String name) {
        this.tap = tap;
        this.thread = new Thread(this::read, name);
    }

    /** @param isolation whether it waits for transactions to be committed */
    static ResultReader start(KafkaSettings kafka, IsolationLevel isolation) {
        String level = isolation.name().toLowerCase(Locale.ROOT);
        var settings =
                new KafkaSettings(kafka.bootstrapServers(), Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, level));
        var reader = new ResultReader(TopicTap.fromNow(settings, List.of(Topics.CLASSIFICATIONS)), level);
        reader.thread.start();
        return reader;
    }

    /** Takes down what comes of this load from now on. */
    Receipts expect(LoadIds ids, Schedule schedule) {
        var receipts = new Receipts(ids, schedule);
        current.set(receipts);
        return receipts;
    }

    /** @throws UserError if it cannot go on, and so will never see another result */
    void requireReading() {
        Throwable problem = failure.get();
        if (problem != null) {
            throw new UserError("The reader of results (" + thread.getName() + ") failed: " + problem, problem);
        }
    }

    private void read() {
        try {
            readUntilClosed();
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    private void readUntilClosed() {
        try (tap) {
            while (!closing) {
                var records = tap.poll(TICK);
                long at = System.currentTimeMillis();
                Receipts receipts = current.get();
                if (receipts != null) {
                    records.forEach(record -> receipts.take(RESULTS.decode(record.value()), at));
                }
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

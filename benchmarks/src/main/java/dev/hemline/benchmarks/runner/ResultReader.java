package dev.hemline.benchmarks.runner;

import dev.hemline.event.Classification;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for results, in a thread of its own. */
public final class ResultReader implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);

    private final TopicReader reader;
    private final Listener listener;
    private final Thread thread = new Thread(this::read, "result-reader");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closing;

    /** Hears of every result. */
    @FunctionalInterface
    public interface Listener {
        /** @param at when it was read, milliseconds since 1970 */
        void read(Classification result, long at);
    }

    private ResultReader(TopicReader reader, Listener listener) {
        this.reader = reader;
        this.listener = listener;
    }

    /**
     * Reads what comes from now on.
     *
     * @param reader of its own; whether it waits for transactions to be committed is its business
     * @param listener called in the reader's thread
     */
    public static ResultReader start(TopicReader reader, Listener listener) {
        var results = new ResultReader(reader.fromNow(List.of(Topics.CLASSIFICATIONS)), listener);
        results.thread.start();
        return results;
    }

    /** @throws UserError if it cannot go on, and so will never see another result */
    public void requireReading() {
        Throwable problem = failure.get();
        if (problem != null) {
            throw new UserError("The reader of results failed: " + problem, problem);
        }
    }

    private void read() {
        try (reader) {
            while (!closing) {
                var records = reader.poll(TICK);
                long at = System.currentTimeMillis();
                records.forEach(record -> listener.read(RESULTS.decode(record.value()), at));
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
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

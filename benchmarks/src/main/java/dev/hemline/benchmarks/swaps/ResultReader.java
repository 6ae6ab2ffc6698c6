package dev.hemline.benchmarks.swaps;

import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.tap.TopicTap;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads committed results in a thread of its own and keeps when each came. */
final class ResultReader implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);

    private final TopicTap tap;
    private final List<Result> results = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "result-reader");
    private volatile int newestVersion;
    private volatile boolean closing;

    private ResultReader(TopicTap tap) {
        this.tap = tap;
    }

    static ResultReader start(KafkaSettings kafka) {
        var reader = new ResultReader(TopicTap.fromNow(kafka, List.of(Topics.CLASSIFICATIONS)));
        reader.thread.start();
        return reader;
    }

    /** The highest version that has answered so far, 0 for none. */
    int newestVersion() {
        return newestVersion;
    }

    /** Everything read so far. */
    List<Result> results() {
        synchronized (results) {
            return List.copyOf(results);
        }
    }

    private void read() {
        try (tap) {
            while (!closing) {
                tap.poll(TICK).forEach(record -> keep(RESULTS.decode(record.value())));
            }
        }
    }

    private void keep(Classification result) {
        long latency = System.currentTimeMillis() - result.getCapturedAt().toEpochMilli();
        synchronized (results) {
            results.add(new Result(
                    result.getModelVersion(), result.getClassifiedAt().toEpochMilli(), latency));
        }
        newestVersion = Math.max(newestVersion, result.getModelVersion());
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

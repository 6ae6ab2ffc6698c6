package dev.hemline.chaos.live;

import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.tap.TopicTap;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Committed results as they come, read by a thread of its own past all that is hurt. */
public final class LiveResults implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveResults.class);
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int REMEMBERED = 500;

    private final TopicTap tap;
    private final Thread thread = new Thread(this::read, "live-results");
    private final Map<Integer, Instant> newestEvents = new HashMap<>();
    private final Deque<String> recent = new ArrayDeque<>();
    private long results;
    private long deadLetters;
    private volatile boolean closed;

    private LiveResults(TopicTap tap) {
        this.tap = tap;
    }

    public static LiveResults start(KafkaSettings kafka) {
        var live = new LiveResults(
                TopicTap.fromBeginning(kafka, List.of(Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ)));
        live.thread.setDaemon(true);
        live.thread.start();
        return live;
    }

    private void read() {
        try (tap) {
            while (!closed) {
                poll();
            }
        }
    }

    private void poll() {
        try {
            tap.poll(POLL).forEach(this::add);
        } catch (KafkaException e) {
            LOG.info("Reading results is tried again: {}", e.toString());
        }
    }

    private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name())) {
            deadLetters++;
            return;
        }
        Classification result = RESULTS.decode(record.value());
        results++;
        newestEvents.merge(
                record.partition(), result.getCapturedAt(), (one, other) -> one.isAfter(other) ? one : other);
        recent.add(result.getId());
        if (recent.size() > REMEMBERED) {
            recent.remove();
        }
    }

    /** Whether every partition has a result for an event that was made after then. */
    public synchronized boolean everywhereAfter(Instant then) {
        return newestEvents.size() == Topics.CLASSIFICATIONS.partitions()
                && newestEvents.values().stream().allMatch(then::isBefore);
    }

    public synchronized long results() {
        return results;
    }

    public synchronized long deadLetters() {
        return deadLetters;
    }

    /** Ids of the last few hundred results. */
    public synchronized List<String> recent() {
        return new ArrayList<>(recent);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

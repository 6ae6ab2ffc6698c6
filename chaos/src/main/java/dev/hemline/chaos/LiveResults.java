package dev.hemline.chaos;

import static dev.hemline.testbed.audit.StreamAudit.withoutStrangers;

import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Committed results as they come, read by a thread of its own past all that is hurt. */
final class LiveResults implements AutoCloseable {
    private static final EventSerde<Classification> RESULTS = EventFormats.DEFAULT.results();
    private static final int REMEMBERED = 500;

    private final TopicFollower follower;
    private final Map<Integer, Instant> newestEvents = new HashMap<>();
    private final Deque<String> recent = new ArrayDeque<>();
    /** From the making of a good event to its committed result, as a reader sees it. */
    private final Histogram millis = new Histogram(3);

    private long results;
    private long deadLetters;
    private Instant timedFrom = Instant.MAX;

    LiveResults(KafkaSettings kafka) {
        follower = TopicFollower.start(
                "live-results",
                new TopicReader(kafka.client(Map.of()))
                        .fromBeginning(List.of(Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ)),
                records -> records.forEach(withoutStrangers(this::add)));
    }

    private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name())) {
            deadLetters++;
            return;
        }
        Classification result = RESULTS.decode(record.value());
        results++;
        if (!result.getSource().equals(ImageLoad.SOURCE)) {
            return;
        }
        if (!result.getCapturedAt().isBefore(timedFrom)) {
            millis.recordValue(Math.max(
                    0, Duration.between(result.getCapturedAt(), Instant.now()).toMillis()));
        }
        newestEvents.merge(
                record.partition(), result.getCapturedAt(), (one, other) -> one.isAfter(other) ? one : other);
        recent.add(result.getId());
        if (recent.size() > REMEMBERED) {
            recent.remove();
        }
    }

    /** Whether every partition has a result for an event that was made after then. */
    synchronized boolean everywhereAfter(Instant then) {
        return newestEvents.size() == Topics.CLASSIFICATIONS.partitions()
                && newestEvents.values().stream().allMatch(then::isBefore);
    }

    synchronized long results() {
        return results;
    }

    synchronized long deadLetters() {
        return deadLetters;
    }

    /** From now on it is measured how long good events wait: those made before have waited for programs to start. */
    synchronized void startTiming() {
        timedFrom = Instant.now();
    }

    /** How long good events waited for their results, at a quantile; null where there is none yet. */
    synchronized @Nullable Double seconds(double quantile) {
        return millis.getTotalCount() == 0 ? null : millis.getValueAtPercentile(100 * quantile) / 1e3;
    }

    /** Ids of the last few hundred results. */
    synchronized List<String> recent() {
        return new ArrayList<>(recent);
    }

    @Override
    public void close() {
        follower.close();
    }
}

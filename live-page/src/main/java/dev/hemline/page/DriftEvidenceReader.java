package dev.hemline.page;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.Sample;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what lies around a change on topics {@code drift-batches} and {@code samples}: a bounded part of it, whoever else writes there. */
final class DriftEvidenceReader {
    private static final Logger LOG = LoggerFactory.getLogger(DriftEvidenceReader.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Of each partition, before and after the change. */
    private static final long BATCHES = 1_000;

    private static final long SAMPLES = 300;
    /** Of each topic; pictures may have a megabyte each. */
    private static final long MOST_BYTES = 8 << 20;

    private static final int FETCHED_BYTES = 1 << 20;

    private final KafkaSettings kafka;

    DriftEvidenceReader(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** What there is, after some seconds at most; a topic that is not there, or may not be read, has nothing to show. */
    DriftEvidence read(Drift alarm) {
        var evidence = new DriftEvidence(alarm);
        int patience = Math.toIntExact(PATIENCE.toMillis());
        try (var reader = new TopicReader(kafka.client(Map.of(
                "default.api.timeout.ms", patience, "fetch.max.bytes", FETCHED_BYTES, "max.poll.records", 100)))) {
            Topic<String, DriftBatch> batches = Topics.DRIFT_BATCHES.reading(reader.writers());
            around(reader, batches, alarm.getSinceAt(), BATCHES, evidence::add);
            Topic<String, Sample> samples = Topics.SAMPLES.reading(reader.writers());
            around(reader, samples, alarm.getSinceAt(), SAMPLES, evidence::add);
        } catch (KafkaException e) {
            LOG.debug("Of a change there is less to be seen", e);
        }
        return evidence;
    }

    private static <V> void around(
            TopicReader reader, Topic<String, V> topic, Instant time, long records, Consumer<V> each) {
        List<Topic<String, V>> only = List.of(topic);
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> to = new HashMap<>();
        Map<TopicPartition, Long> ends = reader.stableEnds(only);
        reader.offsetsAt(only, time).forEach((partition, offset) -> {
            from.put(partition, Math.max(0, offset - records));
            to.put(partition, Math.min(ends.getOrDefault(partition, 0L), offset + records));
        });
        reader.from(from)
                .readTo(to, PATIENCE, MOST_BYTES, record -> topic.value(record).ifPresent(each));
    }
}

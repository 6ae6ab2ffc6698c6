package dev.hemline.page;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.Sample;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what lies around a change on topics {@code drift-batches} and {@code samples}. */
final class DriftEvidenceReader {
    private static final Logger LOG = LoggerFactory.getLogger(DriftEvidenceReader.class);
    /** Of each partition, before and after the change. */
    private static final long BATCHES = 1_000;

    private static final long SAMPLES = 300;

    private final KafkaSettings kafka;

    DriftEvidenceReader(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** What there is, after some seconds at most; a topic that is not there, or may not be read, has nothing to show. */
    DriftEvidence read(Drift alarm) {
        var evidence = new DriftEvidence(alarm);
        try (var excerpt = new TopicExcerpt(kafka)) {
            Topic<String, DriftBatch> batches = Topics.DRIFT_BATCHES.reading(excerpt.writers());
            excerpt.around(
                    batches,
                    alarm.getSinceAt(),
                    BATCHES,
                    record -> batches.value(record).ifPresent(evidence::add));
            Topic<String, Sample> samples = Topics.SAMPLES.reading(excerpt.writers());
            excerpt.around(
                    samples,
                    alarm.getSinceAt(),
                    SAMPLES,
                    record -> samples.value(record).ifPresent(evidence::add));
        } catch (KafkaException e) {
            LOG.debug("Of a change there is less to be seen", e);
        }
        return evidence;
    }
}

package dev.hemline.chaos.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.ScoreCheck;
import dev.hemline.testbed.audit.ScoredTopics;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of every event on a cluster that was made for one run. */
final class StreamCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCheck.class);
    private static final EventSerde<ModelStatus> STATUSES = EventSerde.of(ModelStatus.class);
    private static final Duration READ_PATIENCE = Duration.ofMinutes(3);
    private static final Duration TICK = Duration.ofMillis(300);

    private final KafkaSettings kafka;
    private final String group;
    private final Duration patience;
    private final boolean withScores;

    /**
     * @param group of the classifiers
     * @param patience how long they may take to be done with a topic
     * @param withScores whether labels are judged at all
     */
    StreamCheck(KafkaSettings kafka, String group, Duration patience, boolean withScores) {
        this.kafka = kafka;
        this.group = group;
        this.patience = patience;
        this.withScores = withScores;
    }

    CheckReport run(Set<Integer> badVersions) throws InterruptedException {
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            var scoring = new ScoredTopics(group);
            boolean drained = drained(reader, group, List.of(Topics.IMAGE_EVENTS))
                    && (!withScores || drained(reader, scoring.group(), scoring.inOrder()));
            AuditReport counted = count();
            var models = new PublishedModels();
            reader.readAll(Topics.MODELS, READ_PATIENCE, models::add);
            var pictures = new SentPictures();
            reader.readAll(Topics.IMAGE_EVENTS, READ_PATIENCE, pictures::add);
            var wrong = new WrongOutcomes();
            var prediction = new OfflinePrediction(models, pictures, wrong);
            var outcomes = new OutcomeReading(pictures, badVersions, prediction, wrong);
            reader.readAll(Topics.CLASSIFICATIONS, READ_PATIENCE, outcomes::result);
            reader.readAll(Topics.IMAGE_EVENTS_DLQ, READ_PATIENCE, outcomes::deadLetter);
            long predicted = prediction.compare();
            return new CheckReport(
                    counted.sent(),
                    counted.classified(),
                    counted.rejected(),
                    counted.missing(),
                    counted.duplicated(),
                    wrong.counts(),
                    outcomes.versionsBack(),
                    predicted,
                    counted.scores().scoredResults(),
                    withScores ? difference(counted.scores()) : 0,
                    refused(reader),
                    drained);
        }
    }

    /** Waits until a group has done with topics, one after another. */
    private boolean drained(TopicReader reader, String group, List<Topic<?, ?>> topics) throws InterruptedException {
        try (var offsets = new GroupOffsets(kafka, group)) {
            for (Topic<?, ?> topic : topics) {
                Instant deadline = Instant.now().plus(patience);
                while (!reached(reader, offsets, topic)) {
                    if (Instant.now().isAfter(deadline)) {
                        LOG.warn("Group {} has not done with topic {} after {} s", group, topic, patience.toSeconds());
                        return false;
                    }
                    Thread.sleep(TICK.toMillis());
                }
            }
            return true;
        }
    }

    private static boolean reached(TopicReader reader, GroupOffsets offsets, Topic<?, ?> topic) {
        try {
            return offsets.reached(reader.writtenEnds(List.of(topic)));
        } catch (KafkaException e) {
            LOG.info("Asking again: {}", e.toString());
            return false;
        }
    }

    private AuditReport count() {
        var audit = new StreamAudit(kafka, READ_PATIENCE);
        Map<TopicPartition, Long> until = audit.mark();
        return audit.count(until.keySet().stream().collect(toMap(at -> at, at -> 0L)), until);
    }

    /** Versions that classifiers said they refuse, by reason; an instance says it again and again. */
    private static Map<String, Long> refused(TopicReader reader) {
        Map<Integer, String> reasons = new HashMap<>();
        reader.readAll(Topics.MODEL_STATUS, READ_PATIENCE, record -> {
            ModelStatus status = record.value() == null ? null : STATUSES.decode(record.value());
            if (status != null && status.getState() == ModelState.REFUSED) {
                reasons.put(status.getVersion(), status.getReason());
            }
        });
        return reasons.values().stream().collect(groupingBy(reason -> reason, counting()));
    }

    private static long difference(ScoreCheck scores) {
        Map<ScoreCheck.Cell, Long> left = new TreeMap<>(scores.recounted());
        scores.scored().forEach((cell, count) -> left.merge(cell, -count, Long::sum));
        return left.values().stream().mapToLong(Math::abs).sum();
    }
}

package dev.hemline.chaos.check;

import static java.util.stream.Collectors.toMap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.ScoreCheck;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Counts what became of every event on a cluster that was made for one run. */
final class StreamCheck {
    private static final Duration READ_PATIENCE = Duration.ofMinutes(3);

    private final KafkaSettings kafka;
    private final Drain drain;
    private final boolean withScores;

    /** @param withScores whether labels are judged at all */
    StreamCheck(KafkaSettings kafka, Drain drain, boolean withScores) {
        this.kafka = kafka;
        this.drain = drain;
        this.withScores = withScores;
    }

    CheckReport run(Set<Integer> badVersions) throws InterruptedException {
        boolean drained = drain.images() && (!withScores || drain.scores());
        AuditReport counted = count();
        var topics = new WholeTopics(kafka, READ_PATIENCE);
        var models = new PublishedModels();
        topics.read(Topics.MODELS, models::add);
        var refusals = new Refusals();
        topics.read(Topics.MODEL_STATUS, refusals::add);
        var pictures = new SentPictures();
        topics.read(Topics.IMAGE_EVENTS, pictures::add);
        var wrong = new WrongOutcomes();
        var outcomes = new OutcomeReading(pictures, badVersions, wrong);
        topics.read(Topics.CLASSIFICATIONS, outcomes::result);
        topics.read(Topics.IMAGE_EVENTS_DLQ, outcomes::deadLetter);
        var prediction = new OfflinePrediction(models, pictures, wrong);
        prediction.compare(outcomes.answers());
        return new CheckReport(
                counted.sent(),
                counted.classified(),
                counted.rejected(),
                counted.missing(),
                counted.duplicated(),
                wrong.counts(),
                outcomes.versionsBack(),
                prediction.compared(),
                counted.scores().scoredResults(),
                withScores ? difference(counted.scores()) : 0,
                refusals.byReason(),
                drained);
    }

    private AuditReport count() {
        var audit = new StreamAudit(kafka, READ_PATIENCE);
        Map<TopicPartition, Long> until = audit.mark();
        return audit.count(until.keySet().stream().collect(toMap(at -> at, at -> 0L)), until);
    }

    private static long difference(ScoreCheck scores) {
        Map<ScoreCheck.Cell, Long> left = new TreeMap<>(scores.recounted());
        scores.scored().forEach((cell, count) -> left.merge(cell, -count, Long::sum));
        return left.values().stream().mapToLong(Math::abs).sum();
    }
}

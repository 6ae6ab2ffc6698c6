package dev.hemline.testbed.audit;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.Score;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import dev.hemline.topic.EventSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The counting, record by record: first all events and labels of the window, then all outcomes. */
final class AuditCount {
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);
    private static final EventSerde<GroundTruth> TRUTHS = EventSerde.of(GroundTruth.class);
    private static final EventSerde<Score> SCORES = EventSerde.of(Score.class);

    private final EventLedger ledger = new EventLedger();
    private final SortedMap<Integer, VersionCounts> versions = new TreeMap<>();
    private final ScoreCount scores = new ScoreCount();
    private long sent;
    private long classified;
    private long rejected;
    private long earlier;
    private @Nullable Instant first;
    private @Nullable Instant last;

    void event(ConsumerRecord<byte[], byte[]> record) {
        Optional<ImageEvent> event = EventIdentity.event(record);
        String id = EventIdentity.ofEvent(record, event);
        ledger.sent(id);
        event.map(ImageEvent::getLabel).ifPresent(label -> ledger.labelled(id, label));
        sent++;
    }

    void truth(ConsumerRecord<byte[], byte[]> record) {
        GroundTruth truth = TRUTHS.decode(record.value());
        ledger.labelled(truth.getId(), truth.getLabel());
        scores.truth(truth);
    }

    void result(ConsumerRecord<byte[], byte[]> record) {
        Classification result = RESULTS.decode(record.value());
        if (!ledger.outcome(result.getId())) {
            earlier++;
            return;
        }
        classified++;
        scores.result(result);
        OptionalInt label = ledger.label(result.getId());
        boolean right = label.isPresent() && label.getAsInt() == result.getLabel();
        versions.merge(
                result.getModelVersion(),
                VersionCounts.NONE.plus(label.isPresent(), right),
                (tally, one) -> tally.plus(label.isPresent(), right));
        Instant at = result.getClassifiedAt();
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
    }

    /** Labels of a window may judge results from before it; those are not looked at. */
    void score(ConsumerRecord<byte[], byte[]> record) {
        Score score = SCORES.decode(record.value());
        if (ledger.knows(score.getId())) {
            scores.score(score);
        }
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        if (ledger.outcome(EventIdentity.ofDeadLetter(record))) {
            rejected++;
        } else {
            earlier++;
        }
    }

    AuditReport report() {
        Duration span = first == null || last == null ? Duration.ZERO : Duration.between(first, last);
        return new AuditReport(
                sent,
                classified,
                rejected,
                ledger.missing(),
                ledger.duplicated(),
                earlier,
                versions,
                span,
                scores.check());
    }
}

package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableList;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.Score;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The counting, record by record: first all events and labels of the window, then all outcomes. It judges results by labels
 * a second time, knowing nothing of how that is done elsewhere but the rule: the label found out last stands, of two found
 * out at once the later one, and a version answers an event once.
 */
final class AuditCount {
    private static final int NO_LABEL = -1;

    private final EventFormats formats;

    /**
     * By a 64-bit fingerprint of its name: with about 140 bytes for each, two million fit beside everything else. Two among ten
     * million agree with a probability of about 3 in a million.
     */
    private final Map<Long, Event> events = new HashMap<>();

    private final SortedMap<Integer, VersionCounts> versions = new TreeMap<>();
    private final Map<Cell, Long> scored = new HashMap<>();
    private final Map<Cell, Long> recounted = new HashMap<>();
    private long classified;
    private long rejected;
    private long earlier;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** What is known of one event. */
    private static final class Event {
        private int sent;
        private int outcomes;
        /** The one read last, in the event or on its topic. */
        private int label = NO_LABEL;
        /** The one on its topic that was found out last, and when in milliseconds. */
        private int truth = NO_LABEL;

        private long truthAt;
        /** Versions that have answered. */
        private List<Integer> answered = List.of();

        /** Whether that version has not answered before; now it has. */
        boolean addAnswerOf(int version) {
            if (answered.contains(version)) {
                return false;
            }
            answered = Stream.concat(answered.stream(), Stream.of(version)).collect(toUnmodifiableList());
            return true;
        }
    }

    AuditCount(EventFormats formats) {
        this.formats = formats;
    }

    void event(ConsumerRecord<byte[], byte[]> record) {
        Optional<ImageEvent> image = EventIdentity.event(record, formats.images());
        Event event = events.computeIfAbsent(fingerprint(EventIdentity.ofEvent(record, image)), unknown -> new Event());
        event.sent++;
        image.map(ImageEvent::getLabel).filter(label -> label >= 0).ifPresent(label -> event.label = label);
    }

    void truth(ConsumerRecord<byte[], byte[]> record) {
        decoded(formats.labels(), record)
                .filter(truth -> EventChecks.fault(truth).isEmpty())
                .ifPresent(this::truth);
    }

    /** What scoring passes over, too, is none of the events'. */
    private static <T extends SpecificRecord> Optional<T> decoded(
            EventSerde<T> serde, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(serde.read(record));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    private void truth(GroundTruth truth) {
        Event event = sent(truth.getId());
        if (event == null) {
            return;
        }
        event.label = truth.getLabel();
        long at = truth.getLabelledAt().toEpochMilli();
        if (event.truth == NO_LABEL || at >= event.truthAt) {
            event.truth = truth.getLabel();
            event.truthAt = at;
        }
    }

    void result(ConsumerRecord<byte[], byte[]> record) {
        decoded(formats.results(), record).ifPresent(this::result);
    }

    private void result(Classification result) {
        Event event = sent(result.getId());
        if (event == null) {
            earlier++;
            return;
        }
        event.outcomes++;
        classified++;
        int version = result.getModelVersion();
        int labelled = event.label == NO_LABEL ? 0 : 1;
        int correct = event.label == result.getLabel() ? labelled : 0;
        versions.merge(version, new VersionCounts(1, labelled, correct), VersionCounts::plus);
        if (event.addAnswerOf(version)
                && event.truth != NO_LABEL
                && event.truth < result.getProbabilities().size()) {
            add(recounted, version, event.truth, result.getLabel(), 1);
        }
        Instant at = result.getClassifiedAt();
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
    }

    /** Labels of a window may judge results from before it; those are not looked at. */
    void score(ConsumerRecord<byte[], byte[]> record) {
        decoded(formats.scores(), record).ifPresent(this::score);
    }

    private void score(Score score) {
        if (sent(score.getId()) == null) {
            return;
        }
        add(scored, score.getModelVersion(), score.getActual(), score.getPredicted(), 1);
        if (score.getReplaces() != null) {
            add(scored, score.getModelVersion(), score.getReplaces(), score.getPredicted(), -1);
        }
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        Event event = sent(EventIdentity.ofDeadLetter(record, formats.images()));
        if (event == null) {
            earlier++;
            return;
        }
        event.outcomes++;
        rejected++;
    }

    AuditReport report() {
        return new AuditReport(
                sum(event -> event.sent),
                classified,
                rejected,
                sum(event -> Math.max(0, event.sent - event.outcomes)),
                sum(event -> Math.max(0, event.outcomes - event.sent)),
                earlier,
                versions,
                first == null || last == null ? Duration.ZERO : Duration.between(first, last),
                new ScoreCheck(scored, recounted));
    }

    /** The event of that name, if it was sent in the window. */
    private @Nullable Event sent(String name) {
        return events.get(fingerprint(name));
    }

    static long fingerprint(String name) {
        return SchemaNormalization.fingerprint64(name.getBytes(UTF_8));
    }

    private static void add(Map<Cell, Long> cells, int version, int actual, int predicted, long by) {
        cells.merge(
                new Cell(version, actual, predicted), by, (before, more) -> before + more == 0 ? null : before + more);
    }

    private long sum(ToLongFunction<Event> of) {
        return events.values().stream().mapToLong(of).sum();
    }
}

package dev.hemline.quickstart.demo;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftState;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What was told about drift while a demo ran. */
final class DriftTold {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final Map<TopicPartition, Long> from;

    private DriftTold(KafkaSettings kafka, Map<TopicPartition, Long> from) {
        this.kafka = kafka;
        this.from = from;
    }

    /** From now on. */
    static DriftTold fromNow(KafkaSettings kafka) {
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            return new DriftTold(kafka, reader.writtenEnds(List.of(Topics.DRIFT)));
        }
    }

    /**
     * What {@code --json} has under {@code drift}.
     *
     * @param alarms in their order
     * @param allClears how many of them were taken back
     */
    record Summary(List<Alarm> alarms, long allClears) {}

    /**
     * One alarm.
     *
     * @param kind pictures or mix
     * @param reference validation or live
     * @param onsetId about which event the change began with
     * @param onsetAt when that was classified
     * @param delayEvents results of that version and source from there until the alarm
     */
    record Alarm(
            int version,
            String source,
            String kind,
            String reference,
            String onsetId,
            Instant onsetAt,
            long delayEvents,
            double strength,
            Instant at) {
        static Alarm of(Drift drift) {
            return new Alarm(
                    drift.getModelVersion(),
                    BusiestSources.shown(drift.getSource()),
                    drift.getKind().name().toLowerCase(Locale.ROOT),
                    drift.getReference().name().toLowerCase(Locale.ROOT),
                    drift.getSinceId(),
                    drift.getSinceAt(),
                    drift.getResults(),
                    drift.getStrength(),
                    drift.getAt());
        }
    }

    /** Up to now. */
    Summary read() {
        List<Drift> told = new ArrayList<>();
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            Map<TopicPartition, Long> ends = reader.writtenEnds(List.of(Topics.DRIFT));
            reader.from(from)
                    .readTo(ends, PATIENCE, record -> Topics.DRIFT.value(record).ifPresent(told::add));
        }
        return new Summary(
                told.stream()
                        .filter(drift -> drift.getState() == DriftState.ALARM)
                        .map(Alarm::of)
                        .toList(),
                told.stream()
                        .filter(drift -> drift.getState() == DriftState.ALL_CLEAR)
                        .count());
    }
}

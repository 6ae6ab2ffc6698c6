package dev.hemline.quickstart.demo;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftState;
import dev.hemline.quality.source.BusiestSources;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was told about drift while a demo ran. */
final class DriftTold {
    private DriftTold() {}

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

    /** What events of topic {@code drift} tell, in their order. */
    static Summary of(List<Drift> told) {
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

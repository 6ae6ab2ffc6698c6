package dev.hemline.quality.request;

import dev.hemline.service.SeriesLimits;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What labels drawn by lot say of each version, of the partitions that this instance has: added up over instances they are exact. */
final class LotSeries {
    private final MultiGauge events;
    private final MultiGauge correct;

    LotSeries(MeterRegistry registry) {
        events = MultiGauge.builder("hemline.requested.events")
                .description("Events that labels stand for which were asked for by lot and came")
                .register(registry);
        correct = MultiGauge.builder("hemline.requested.correct.events")
                .description("Those of them that were right")
                .register(registry);
    }

    /** @param partitions what each of them has counted, by version */
    void show(List<Map<String, RequestTally>> partitions) {
        Map<ModelKey.Manifest, RequestTally> all = new HashMap<>();
        partitions.forEach(tallies -> tallies.forEach((key, tally) -> RequestedAccuracyRoutes.version(key)
                .filter(version -> tally.plausible())
                .ifPresent(version -> all.merge(version, tally, RequestTally::plus))));
        all.keySet().retainAll(SeriesLimits.of(all.keySet(), Optional.empty(), version -> true));
        events.register(rows(all, RequestTally::weight), true);
        correct.register(rows(all, RequestTally::correct), true);
    }

    private static List<Row<?>> rows(
            Map<ModelKey.Manifest, RequestTally> tallies, ToDoubleFunction<RequestTally> number) {
        return tallies.entrySet().stream()
                .<Row<?>>map(one -> Row.of(
                        Tags.of(
                                "model",
                                one.getKey().name(),
                                "version",
                                Integer.toString(one.getKey().version())),
                        number.applyAsDouble(one.getValue())))
                .toList();
    }
}

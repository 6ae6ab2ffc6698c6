package dev.hemline.classifier.metrics;

import dev.hemline.event.Classification;
import dev.hemline.service.SeriesLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What results say, by version: how many, how sure, which classes. Called for every result, so a version's series are looked
 * up once and not each time. Thread-safe.
 */
public final class ResultMetrics {
    private static final double[] CONFIDENCES = {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1};

    private final MeterRegistry registry;
    /** The one that began last comes first. */
    private final Deque<VersionSeries> kept = new ArrayDeque<>();

    private volatile @Nullable VersionSeries latest;

    public ResultMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts a result when it is forwarded. */
    public void classified(Classification result) {
        VersionSeries series = latest;
        if (series == null || !series.isOf(result)) {
            series = seriesOf(result);
            latest = series;
        }
        series.count(result);
    }

    private synchronized VersionSeries seriesOf(Classification result) {
        for (VersionSeries known : kept) {
            if (known.isOf(result)) {
                return known;
            }
        }
        var begun = new VersionSeries(result);
        kept.addFirst(begun);
        while (kept.size() > SeriesLimits.VERSIONS) {
            kept.removeLast().remove();
        }
        return begun;
    }

    private final class VersionSeries {
        private final String model;
        private final int version;
        private final Tags tags;
        private final Counter results;
        private final DistributionSummary confidence;
        private final @Nullable Counter[] byLabel;

        VersionSeries(Classification first) {
            model = first.getModelName();
            version = first.getModelVersion();
            tags = Tags.of("model", model, "version", Integer.toString(version));
            results = Counter.builder("hemline.classifications")
                    .description("Results, by the version that answered")
                    .tags(tags)
                    .register(registry);
            confidence = DistributionSummary.builder("hemline.confidence")
                    .description("Probability of the class that was given")
                    .tags(tags)
                    .serviceLevelObjectives(CONFIDENCES)
                    .register(registry);
            byLabel = new Counter
                    [Math.min(SeriesLimits.CLASSES, first.getProbabilities().size())];
        }

        boolean isOf(Classification result) {
            return result.getModelVersion() == version && result.getModelName().equals(model);
        }

        void count(Classification result) {
            results.increment();
            confidence.record(result.getConfidence());
            if (result.getLabel() < byLabel.length) {
                ofLabel(result).increment();
            }
        }

        /** Two threads that look at once get the same from the registry. */
        private Counter ofLabel(Classification result) {
            Counter known = byLabel[result.getLabel()];
            if (known == null) {
                known = Counter.builder("hemline.predictions")
                        .description("Results, by the class that was given")
                        .tags(tags.and("label", result.getLabelName()))
                        .register(registry);
                byLabel[result.getLabel()] = known;
            }
            return known;
        }

        void remove() {
            Stream.concat(Stream.<Meter>of(results, confidence), labels().stream())
                    .forEach(registry::remove);
        }

        private List<Counter> labels() {
            return Stream.of(byLabel).filter(counter -> counter != null).toList();
        }
    }
}

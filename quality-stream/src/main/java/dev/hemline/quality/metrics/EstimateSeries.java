package dev.hemline.quality.metrics;

import dev.hemline.event.Answer;
import dev.hemline.quality.score.Confidences;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToDoubleFunction;

/** Results by version, and how many of them are probably right as far as the version's confidence tells, for rates. */
final class EstimateSeries {
    private final MeterRegistry registry;
    private final Map<ModelKey.Manifest, AtomicLongArray> counted = new ConcurrentHashMap<>();
    private final Map<ModelKey.Manifest, List<Meter>> shown = new HashMap<>();

    EstimateSeries(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(Answer answer) {
        counted.computeIfAbsent(
                        new ModelKey.Manifest(answer.getModelName(), answer.getModelVersion()),
                        version -> new AtomicLongArray(Confidences.BINS))
                .incrementAndGet(Confidences.bin(answer.getConfidence()));
    }

    /** A version whose manifest tells neither has none. */
    void show(Set<ModelKey.Manifest> kept, LabelNames manifests) {
        counted.keySet().retainAll(kept);
        shown.entrySet().removeIf(old -> {
            boolean gone = !counted.containsKey(old.getKey());
            if (gone) {
                old.getValue().forEach(registry::remove);
            }
            return gone;
        });
        counted.forEach((version, bins) -> {
            if (manifests.knows(version)) {
                shown.computeIfAbsent(version, absent -> register(version, bins, manifests));
            }
        });
    }

    private List<Meter> register(ModelKey.Manifest version, AtomicLongArray bins, LabelNames manifests) {
        List<Meter> meters = new ArrayList<>();
        if (manifests.calibrated(version)) {
            meters.addAll(register(version, "confidence", bins, Confidences::sum));
        }
        OptionalDouble threshold = manifests.confidenceThreshold(version);
        if (threshold.isPresent()) {
            meters.addAll(register(version, "threshold", bins, all -> all.atLeast(threshold.getAsDouble())));
        }
        return meters;
    }

    private List<Meter> register(
            ModelKey.Manifest version, String method, AtomicLongArray bins, ToDoubleFunction<Confidences> correct) {
        Tags tags = ScoreMetrics.tags(version).and("method", method);
        return List.of(
                counter(
                        "hemline.estimated.results",
                        "Results whose accuracy is estimated",
                        tags,
                        bins,
                        Confidences::all),
                counter(
                        "hemline.estimated.correct",
                        "How many of them are probably right, without labels, while pictures have not changed",
                        tags,
                        bins,
                        correct));
    }

    private Meter counter(
            String name, String description, Tags tags, AtomicLongArray bins, ToDoubleFunction<Confidences> count) {
        return FunctionCounter.builder(name, bins, all -> count.applyAsDouble(new Confidences(all::get)))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}

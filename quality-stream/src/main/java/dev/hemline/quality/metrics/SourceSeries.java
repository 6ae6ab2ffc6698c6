package dev.hemline.quality.metrics;

import dev.hemline.event.Answer;
import dev.hemline.event.Score;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Results and first verdicts by version and source, for rates: of the sources that are busiest here, and of the rest together. */
final class SourceSeries {
    private final MeterRegistry registry;
    private final BusiestSources busiest = new BusiestSources();
    private final Map<Key, Counts> counted = new ConcurrentHashMap<>();
    private final Map<Key, List<Meter>> shown = new HashMap<>();

    SourceSeries(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(ModelKey.Manifest version, String source) {}

    private record Counts(LongAdder results, DoubleAdder confidence, LongAdder scored, LongAdder correct) {
        Counts() {
            this(new LongAdder(), new DoubleAdder(), new LongAdder(), new LongAdder());
        }
    }

    void answered(Answer answer) {
        Counts counts = of(answer.getModelName(), answer.getModelVersion(), name(answer.getSource()));
        counts.results.increment();
        counts.confidence.add(answer.getConfidence());
    }

    private String name(String source) {
        synchronized (busiest) {
            return busiest.name(source);
        }
    }

    void scored(Score score) {
        String name = BusiestSources.bounded(score.getSource());
        Counts counts = of(score.getModelName(), score.getModelVersion(), isNamed(name) ? name : BusiestSources.REST);
        counts.scored.increment();
        if (score.getActual() == score.getPredicted()) {
            counts.correct.increment();
        }
    }

    private boolean isNamed(String name) {
        synchronized (busiest) {
            return busiest.isNamed(name);
        }
    }

    private Counts of(String model, int version, String name) {
        return counted.computeIfAbsent(new Key(new ModelKey.Manifest(model, version), name), key -> new Counts());
    }

    Set<ModelKey.Manifest> versions() {
        return counted.keySet().stream().map(Key::version).collect(Collectors.toSet());
    }

    void show(Set<ModelKey.Manifest> kept) {
        counted.keySet().removeIf(key -> !kept.contains(key.version) || !isNamed(key.source));
        shown.entrySet().removeIf(old -> {
            boolean gone = !counted.containsKey(old.getKey());
            if (gone) {
                old.getValue().forEach(registry::remove);
            }
            return gone;
        });
        counted.forEach((key, counts) -> shown.computeIfAbsent(key, absent -> register(key, counts)));
    }

    private List<Meter> register(Key key, Counts counts) {
        Tags tags = ScoreMetrics.tags(key.version).and("source", BusiestSources.shown(key.source));
        return List.of(
                counter("hemline.source.results", "Results by source", tags, counts.results, LongAdder::sum),
                counter(
                        "hemline.source.confidence",
                        "Their confidences, added up",
                        tags,
                        counts.confidence,
                        DoubleAdder::sum),
                counter(
                        "hemline.source.scored",
                        "Results judged by a label for the first time, by source",
                        tags,
                        counts.scored,
                        LongAdder::sum),
                counter(
                        "hemline.source.scored.correct",
                        "Those that were right",
                        tags,
                        counts.correct,
                        LongAdder::sum));
    }

    private <T> Meter counter(String name, String description, Tags tags, T counts, ToDoubleFunction<T> count) {
        return FunctionCounter.builder(name, counts, count)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}

package dev.hemline.quality.metrics;

import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.SeriesLimits;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** First verdicts by version and true class: all of them, and those that were right. For rates. */
final class VerdictSeries {
    private final MeterRegistry registry;
    private final Map<Key, Verdicts> counted = new ConcurrentHashMap<>();
    private final Map<Key, List<Meter>> shown = new HashMap<>();

    VerdictSeries(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(ModelKey.Manifest version, int actual) {}

    private record Verdicts(LongAdder all, LongAdder right) {}

    void count(ModelKey.Manifest version, int actual, boolean right) {
        if (actual < SeriesLimits.CLASSES) {
            Verdicts verdicts = counted.computeIfAbsent(
                    new Key(version, actual), key -> new Verdicts(new LongAdder(), new LongAdder()));
            verdicts.all.increment();
            if (right) {
                verdicts.right.increment();
            }
        }
    }

    Set<ModelKey.Manifest> versions() {
        return counted.keySet().stream().map(Key::version).collect(Collectors.toSet());
    }

    void show(Set<ModelKey.Manifest> kept, LabelNames names) {
        for (Iterator<Map.Entry<Key, List<Meter>>> old = shown.entrySet().iterator(); old.hasNext(); ) {
            Map.Entry<Key, List<Meter>> one = old.next();
            if (!kept.contains(one.getKey().version())) {
                one.getValue().forEach(registry::remove);
                old.remove();
            }
        }
        counted.keySet().removeIf(key -> !kept.contains(key.version()));
        counted.forEach((key, verdicts) -> names.of(key.version())
                .ifPresent(known -> shown.computeIfAbsent(key, absent -> register(key, verdicts, known))));
    }

    private List<Meter> register(Key key, Verdicts verdicts, List<String> names) {
        Tags tags = ScoreMetrics.tags(key.version).and("label", LabelNames.name(names, key.actual));
        return List.of(
                FunctionCounter.builder("hemline.scored", verdicts.all, LongAdder::sum)
                        .description("Results judged by a label for the first time, by true class")
                        .tags(tags)
                        .register(registry),
                FunctionCounter.builder("hemline.scored.correct", verdicts.right, LongAdder::sum)
                        .description("Those that were right")
                        .tags(tags)
                        .register(registry));
    }
}

package dev.hemline.page;

import dev.hemline.quality.source.BusiestSources;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Events of this instance that went to the dead letters, by source: of the sources that are busiest here, and of the rest together, which
 * takes over what one had that is not among them any more. Thread-safe.
 */
final class SourceRejects {
    private final MeterRegistry registry;
    private final BusiestSources busiest = new BusiestSources();
    private final Map<String, LongAdder> rejects = new ConcurrentHashMap<>();
    private final Map<String, Meter> series = new HashMap<>();

    SourceRejects(MeterRegistry registry) {
        this.registry = registry;
        // At 0 from the beginning, so that the first one is an increase.
        of(BusiestSources.REST);
    }

    synchronized void classified(String source) {
        busiest.name(source);
    }

    synchronized void rejected(String source) {
        String name = busiest.name(source);
        if (!rejects.containsKey(name)) {
            foldThoseWithoutAName();
        }
        of(name).increment();
    }

    private void foldThoseWithoutAName() {
        rejects.keySet().stream()
                .filter(name -> !busiest.isNamed(name))
                .toList()
                .forEach(name -> {
                    LongAdder lost = rejects.remove(name);
                    Meter shown = series.remove(name);
                    if (lost != null && shown != null) {
                        of(BusiestSources.REST).add(lost.sum());
                        registry.remove(shown);
                    }
                });
    }

    private LongAdder of(String name) {
        LongAdder known = rejects.computeIfAbsent(name, absent -> new LongAdder());
        series.computeIfAbsent(
                name,
                absent -> FunctionCounter.builder("hemline.source.rejects", known, LongAdder::sum)
                        .description("Events that went to the dead letters, by source")
                        .tag("source", BusiestSources.shown(name))
                        .register(registry));
        return known;
    }

    /** Of those that have any, by name as people see it. */
    Map<String, Long> counts() {
        return rejects.entrySet().stream()
                .filter(one -> one.getValue().sum() > 0)
                .collect(Collectors.toMap(
                        one -> BusiestSources.shown(one.getKey()),
                        one -> one.getValue().sum()));
    }
}

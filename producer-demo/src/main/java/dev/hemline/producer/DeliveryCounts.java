package dev.hemline.producer;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * How many events Kafka has acknowledged, per kind, and how many failed. Thread-safe; published as
 * {@code hemline_producer_events_total} and {@code hemline_producer_failures_total}, label {@code kind}.
 */
final class DeliveryCounts {

    private final Map<EventKind, Counter> acknowledged;
    private final Map<EventKind, Counter> failed;

    /** @param registry one that no other producer counts in */
    DeliveryCounts(MeterRegistry registry) {
        acknowledged = perKind(registry, "hemline.producer.events", "Events that Kafka acknowledged");
        failed = perKind(registry, "hemline.producer.failures", "Events that could not be sent");
    }

    private static Map<EventKind, Counter> perKind(MeterRegistry registry, String name, String description) {
        return Arrays.stream(EventKind.values())
                .collect(toUnmodifiableMap(
                        Function.identity(),
                        kind -> Counter.builder(name)
                                .description(description)
                                .tag("kind", kind.tag())
                                .register(registry)));
    }

    void acknowledge(EventKind kind) {
        of(acknowledged, kind).increment();
    }

    void fail(EventKind kind) {
        of(failed, kind).increment();
    }

    long acknowledged(EventKind kind) {
        return (long) of(acknowledged, kind).count();
    }

    /** Acknowledged events of every kind. */
    long acknowledged() {
        return sum(acknowledged);
    }

    /** Failed events of every kind. */
    long failed() {
        return sum(failed);
    }

    private static Counter of(Map<EventKind, Counter> counts, EventKind kind) {
        return Objects.requireNonNull(counts.get(kind));
    }

    private static long sum(Map<EventKind, Counter> counts) {
        return (long) counts.values().stream().mapToDouble(Counter::count).sum();
    }
}

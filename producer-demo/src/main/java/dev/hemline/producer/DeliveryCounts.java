package dev.hemline.producer;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * How many events Kafka has acknowledged, per kind, and how many failed. Thread-safe; also published as
 * {@code hemline_producer_events_total} and {@code hemline_producer_failures_total}, label {@code kind}.
 */
final class DeliveryCounts {

    private final Map<EventKind, Count> acknowledged;
    private final Map<EventKind, Count> failed;

    DeliveryCounts(MeterRegistry registry) {
        acknowledged = perKind(registry, "hemline.producer.events", "Events that Kafka acknowledged");
        failed = perKind(registry, "hemline.producer.failures", "Events that could not be sent");
    }

    void acknowledge(EventKind kind) {
        of(acknowledged, kind).increment();
    }

    void fail(EventKind kind) {
        of(failed, kind).increment();
    }

    long acknowledged(EventKind kind) {
        return of(acknowledged, kind).own().sum();
    }

    /** Acknowledged events of every kind. */
    long acknowledged() {
        return sum(acknowledged);
    }

    /** Failed events of every kind. */
    long failed() {
        return sum(failed);
    }

    /** The registry's counter runs on over several producers of one process; our own starts at 0 with each. */
    private record Count(LongAdder own, Counter published) {
        void increment() {
            own.increment();
            published.increment();
        }
    }

    private static Map<EventKind, Count> perKind(MeterRegistry registry, String name, String description) {
        return Arrays.stream(EventKind.values())
                .collect(toUnmodifiableMap(
                        Function.identity(),
                        kind -> new Count(
                                new LongAdder(),
                                Counter.builder(name)
                                        .description(description)
                                        .tag("kind", kind.tag())
                                        .register(registry))));
    }

    private static Count of(Map<EventKind, Count> counts, EventKind kind) {
        return Objects.requireNonNull(counts.get(kind));
    }

    private static long sum(Map<EventKind, Count> counts) {
        return counts.values().stream().mapToLong(count -> count.own().sum()).sum();
    }
}

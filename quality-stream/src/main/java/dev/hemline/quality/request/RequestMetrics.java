package dev.hemline.quality.request;

import dev.hemline.event.RequestReason;
import dev.hemline.quality.stream.PassedOver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what is asked for, and what comes of it. */
final class RequestMetrics implements RequestListener {

    private final Map<RequestReason, Counter> asked;
    private final Map<RequestReason, Counter> answered;
    private final Counter strangers;
    private final PassedOver passedOver =
            new PassedOver("asking for labels", "hemline_label_requests_passed_over_total");

    RequestMetrics(MeterRegistry registry) {
        asked = byReason(registry, "hemline.label.requests", "Labels that were asked for");
        answered = byReason(registry, "hemline.label.requests.answered", "Labels that were asked for and came");
        strangers = Counter.builder("hemline.label.requests.passed.over")
                .description("Records of topics samples and scores that no program of ours can have written")
                .register(registry);
    }

    private static Map<RequestReason, Counter> byReason(MeterRegistry registry, String name, String description) {
        return Stream.of(RequestReason.RANDOM, RequestReason.UNSURE, RequestReason.DRIFTED)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        reason -> Counter.builder(name)
                                .description(description)
                                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                                .register(registry)));
    }

    @Override
    public void asked(RequestReason reason) {
        increment(asked, reason);
    }

    @Override
    public void answered(RequestReason reason) {
        increment(answered, reason);
    }

    /** Another release may ask for reasons that this one does not know. */
    private static void increment(Map<RequestReason, Counter> counters, RequestReason reason) {
        Counter counter = counters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void passedOver(String topic, String why) {
        strangers.increment();
        passedOver.record(topic, why);
    }
}

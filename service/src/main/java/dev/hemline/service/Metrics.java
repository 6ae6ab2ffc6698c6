package dev.hemline.service;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.List;
import java.util.Optional;

/** Makes the registry that every app measures into. */
public final class Metrics {
    private Metrics() {}

    /**
     * A registry that already has the JVM's own series.
     *
     * @param application value of the label {@code application} on every series
     */
    public static PrometheusMeterRegistry registry(String application) {
        return registry(application, Optional.empty());
    }

    /** @param exemplars tells which record's trace is an example of what is measured */
    public static PrometheusMeterRegistry registry(String application, Optional<SpanContext> exemplars) {
        var registry = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, exemplars.orElse(null));
        registry.config().commonTags("application", application);
        jvm().forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    /** These listen for as long as the JVM lives, so nobody closes them. */
    private static List<MeterBinder> jvm() {
        return List.of(
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmGcMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics(),
                new ResidentMemory(),
                new LogbackMetrics());
    }
}

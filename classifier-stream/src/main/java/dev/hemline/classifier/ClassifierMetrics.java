package dev.hemline.classifier;

import dev.hemline.classifier.engine.EngineListener;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.lifecycle.LifecycleListener;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lookahead.LookAhead;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.event.Classification;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The classifier's own series. Latencies are histograms that resolve 1 ms to 10 s. */
final class ClassifierMetrics implements EngineListener, LifecycleListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifierMetrics.class);

    private static final double LONGEST_LATENCY_MILLIS = TimeUnit.DAYS.toMillis(365);

    private final MeterRegistry registry;
    private final Timer inference;
    private final Timer endToEnd;
    private final DistributionSummary batchSize;

    ClassifierMetrics(MeterRegistry registry) {
        this.registry = registry;
        inference = latency("hemline.inference", "One run of the network, whatever the batch size");
        endToEnd = latency("hemline.end.to.end", "From an event's capturedAt to its classification");
        batchSize = DistributionSummary.builder("hemline.batch.size")
                .description("Images per run of the network")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
    }

    private Timer latency(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    void watch(InferenceEngine engine, LookAhead lookAhead, ModelRegistry models) {
        Gauge.builder("hemline.engine.queue", engine, InferenceEngine::waiting)
                .description("Events that wait for a worker, or for the first model")
                .register(registry);
        Gauge.builder("hemline.lookahead.entries", lookAhead, LookAhead::size)
                .description("Outcomes that wait for their record's turn")
                .register(registry);
        FunctionCounter.builder("hemline.lookahead.misses", lookAhead, LookAhead::misses)
                .description("Events that were classified alone because their poll was not seen")
                .register(registry);
        Gauge.builder("hemline.model.version", models, ClassifierMetrics::version)
                .description("Version of the model that serves; 0 before the first")
                .register(registry);
        models.onSwap(this::swapped);
    }

    private static int version(ModelRegistry models) {
        return models.serving().map(ModelManifest::getVersion).orElse(0);
    }

    private void swapped(ModelManifest manifest) {
        Counter.builder("hemline.model.swaps")
                .description("How often another model began to serve")
                .tag("model", manifest.getName())
                .register(registry)
                .increment();
    }

    @Override
    public void batchClassified(int images, Duration duration) {
        inference.record(duration);
        batchSize.record(images);
    }

    @Override
    public void refused(ModelManifest manifest, ModelRefusedException why) {
        String reason = why.reason().code();
        LOG.error("Refused {} v{} ({}): {}", manifest.getName(), manifest.getVersion(), reason, why.getMessage());
        Counter.builder("hemline.models.refused")
                .description("Model versions that must not serve")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** Senders' clocks are not ours, and some send microseconds or year 1: what cannot be is the nearest that can. */
    private static long latencyMillis(Classification result) {
        double millis = (double) result.getClassifiedAt().toEpochMilli()
                - result.getCapturedAt().toEpochMilli();
        return (long) Math.max(0, Math.min(LONGEST_LATENCY_MILLIS, millis));
    }

    /** Counts an outcome at the moment it is forwarded; a crash before the commit counts it again, so this is no proof. */
    void forwarded(Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            Classification result = classified.classification();
            endToEnd.record(latencyMillis(result), TimeUnit.MILLISECONDS);
            registry.counter(
                            "hemline.classifications",
                            "model",
                            result.getModelName(),
                            "version",
                            Integer.toString(result.getModelVersion()))
                    .increment();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            registry.counter("hemline.rejects", "reason", rejected.reason().code())
                    .increment();
        }
    }
}

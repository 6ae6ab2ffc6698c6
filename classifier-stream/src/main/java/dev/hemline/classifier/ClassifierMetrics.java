package dev.hemline.classifier;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.hemline.classifier.canary.Canary;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.metrics.ModelMetrics;
import dev.hemline.classifier.metrics.ResultMetrics;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.SampleLoss;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.quarantine.Quarantine;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.topic.Rejection;
import dev.hemline.topic.SchemaTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The classifier's own series. Latencies are histograms that resolve 1 ms to 10 s. The table of all is docs/metrics.md. */
final class ClassifierMetrics implements ClassifierListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifierMetrics.class);

    /** A histogram's own buckets are at odd numbers; people promise round ones. */
    private static final Duration[] OBJECTIVES = {Duration.ofMillis(100), Duration.ofSeconds(1)};

    /**
     * Far beyond any bucket. The sum is kept in nanoseconds: with hours it takes two and a half million results to overflow,
     * with years it takes three hundred.
     */
    private static final Duration LONGEST_LATENCY = Duration.ofHours(1);

    private final MeterRegistry registry;
    private final Timer inference;
    private final Timer endToEnd;
    private final Counter capturedFarOff;
    private final DistributionSummary batchSize;
    private final Counter events;
    private final Map<Rejection, Counter> rejects;
    private final Map<ModelRefusedException.Reason, Counter> refusals;
    private final Counter pinsRefused;
    private final Counter samples;
    private final Map<SampleLoss, Counter> samplesLeftOut;
    private final ResultMetrics results;
    private final ModelMetrics models;
    private volatile double lastResultSeconds = Double.NaN;

    ClassifierMetrics(MeterRegistry registry) {
        this.registry = registry;
        inference = latency("hemline.inference", "One run of the network, whatever the batch size");
        endToEnd = latency("hemline.end.to.end", "From an event's capturedAt to its classification");
        capturedFarOff = Counter.builder("hemline.captured.far.off")
                .description("Results an hour or more away from their event's capturedAt")
                .register(registry);
        batchSize = DistributionSummary.builder("hemline.batch.size")
                .description("Images per run of the network")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
        events = Counter.builder("hemline.events")
                .description("Events taken from their topic; those taken again after a rebalance are counted again")
                .register(registry);
        rejects = byReason(
                Rejection.values(), Rejection::code, "hemline.rejects", "Events that went to the dead letters");
        refusals = byReason(
                ModelRefusedException.Reason.values(),
                ModelRefusedException.Reason::code,
                "hemline.models.refused",
                "Model versions that must not serve");
        samples = Counter.builder("hemline.samples")
                .description("Pictures that were kept as the model saw them")
                .register(registry);
        samplesLeftOut = byReason(
                SampleLoss.values(),
                SampleLoss::code,
                "hemline.samples.left.out",
                "Pictures that were chosen to be kept and are not");
        pinsRefused = Counter.builder("hemline.pins.refused")
                .description("Pins that no trusted key signed, or that were sent again")
                .register(registry);
        Gauge.builder("hemline.last.result.timestamp", this, metrics -> metrics.lastResultSeconds)
                .description("When the last result was forwarded, in seconds since 1970; NaN before the first")
                .baseUnit("seconds")
                .register(registry);
        results = new ResultMetrics(registry);
        models = new ModelMetrics(registry);
    }

    /** All of them at 0 from the beginning, so that the first one is an increase. */
    private <R> Map<R, Counter> byReason(R[] reasons, Function<R, String> code, String name, String description) {
        return Arrays.stream(reasons)
                .collect(toUnmodifiableMap(
                        Function.identity(),
                        reason -> Counter.builder(name)
                                .description(description)
                                .tag("reason", code.apply(reason))
                                .register(registry)));
    }

    private Timer latency(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .serviceLevelObjectives(OBJECTIVES)
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    private void lookups(String result, SchemaTopic schemas, ToDoubleFunction<SchemaTopic> count) {
        FunctionCounter.builder("hemline.schema.lookups", schemas, count)
                .description(
                        "Looks for a schema that this release does not know on topic schemas; events wait for them")
                .tag("result", result)
                .register(registry);
    }

    void watch(
            InferenceEngine engine,
            Canary canary,
            PrefetchedOutcomes prefetched,
            Quarantine quarantine,
            SchemaTopic schemas) {
        Gauge.builder("hemline.engine.queue", engine, InferenceEngine::waiting)
                .description("Events that wait for a worker, or for the first model")
                .register(registry);
        Gauge.builder("hemline.canary.version", canary, Canary::version)
                .description("Version that answers a share of events in the place of the one that serves; 0 for none")
                .register(registry);
        Gauge.builder("hemline.lookahead.entries", prefetched, PrefetchedOutcomes::size)
                .description("Outcomes that wait for their record's turn")
                .register(registry);
        FunctionCounter.builder("hemline.lookahead.misses", prefetched, PrefetchedOutcomes::misses)
                .description("Events that were classified alone because their poll was not seen")
                .register(registry);
        lookups("found", schemas, SchemaTopic::found);
        lookups("unknown", schemas, SchemaTopic::missing);
        lookups("failed", schemas, SchemaTopic::failed);
        FunctionCounter.builder("hemline.schemas.refused", schemas, SchemaTopic::refused)
                .description("Records of topic schemas that were not what their key says")
                .register(registry);
        Gauge.builder("hemline.unclean.ends", quarantine, Quarantine::uncleanEnds)
                .description(
                        "Processes that ended one soon after another and left a partition to this one; 0 after 10 min")
                .register(registry);
    }

    @Override
    public void polled(int count) {
        events.increment(count);
    }

    @Override
    public void serves(ModelManifest manifest) {
        models.serves(manifest);
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
        Objects.requireNonNull(refusals.get(why.reason())).increment();
    }

    @Override
    public void pinRefused() {
        pinsRefused.increment();
    }

    @Override
    public void sampleLeftOut(SampleLoss why) {
        Objects.requireNonNull(samplesLeftOut.get(why)).increment();
    }

    /** A crash before the commit counts an outcome again, so this is no proof. */
    @Override
    public void forwarded(Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            endToEnd.record(classified.latencyMillis(LONGEST_LATENCY), TimeUnit.MILLISECONDS);
            if (!classified.isWithin(LONGEST_LATENCY)) {
                capturedFarOff.increment();
            }
            results.classified(classified.classification());
            if (classified.sample() != null) {
                samples.increment();
            }
            lastResultSeconds = System.currentTimeMillis() / 1e3;
        } else if (outcome instanceof Outcome.Rejected rejected) {
            Objects.requireNonNull(rejects.get(rejected.reason())).increment();
        }
    }
}

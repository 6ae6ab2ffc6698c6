package dev.hemline.quality.metrics;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.hemline.event.Answer;
import dev.hemline.event.Score;
import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.LabelOutcome;
import dev.hemline.quality.score.ScoreListener;
import dev.hemline.quality.stream.PassedOver;
import dev.hemline.service.SeriesLimits;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What labels tell. Counting happens on the thread of scoring and costs it next to nothing; {@link #refresh} gives what was
 * counted its series.
 */
public final class ScoreMetrics implements ScoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreMetrics.class);
    /** In seconds. */
    private static final double[] LATENESSES = Stream.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(7))
            .mapToDouble(Duration::toSeconds)
            .toArray();

    private final Map<LabelOutcome, Counter> labels;
    private final Counter repeated;
    private final Counter undecodable;
    private final Counter invalid;
    private final Counter failures;
    private final Counter forgotten;
    private final PassedOver passedOver = new PassedOver("scoring", "hemline_labels_total and hemline_results_*");
    private final DistributionSummary lateness;
    private final VerdictSeries verdicts;
    private final ConfusionSeries confusion;
    private final SourceSeries sources;
    private final EstimateSeries estimates;
    private final LabelNames names;
    private final Supplier<Optional<ModelKey.Manifest>> serving;

    /** @param serving the version that serves now, which always has series */
    public ScoreMetrics(MeterRegistry registry, LabelNames names, Supplier<Optional<ModelKey.Manifest>> serving) {
        this.names = names;
        this.serving = serving;
        labels = Arrays.stream(LabelOutcome.values())
                .collect(toUnmodifiableMap(
                        Function.identity(),
                        outcome -> Counter.builder("hemline.labels")
                                .description("Labels by what became of them; early ones are counted again in the end")
                                .tag("outcome", outcome.code())
                                .register(registry)));
        repeated = Counter.builder("hemline.results.repeated")
                .description("Results of an event that the same version had answered already; they are not scored")
                .register(registry);
        undecodable = Counter.builder("hemline.results.undecodable")
                .description("Records of topic classifications that are no results")
                .register(registry);
        invalid = Counter.builder("hemline.results.invalid")
                .description(
                        "Results of no possible id, version or class; no classifier wrote them, they are not scored")
                .register(registry);
        failures = Counter.builder("hemline.scoring.failures")
                .description("Records passed over because judging them failed, which is an error of ours")
                .register(registry);
        forgotten = Counter.builder("hemline.confusion.forgotten")
                .description("Versions whose cells in a partition gave way to those of versions scored since")
                .register(registry);
        // No timer: that adds up nanoseconds in whole numbers, and a hundred thousand labels that are a day late are
        // too many.
        lateness = DistributionSummary.builder("hemline.label.lateness")
                .description("From a result to when its label was found out; 0 where the label was first")
                .baseUnit("seconds")
                .serviceLevelObjectives(LATENESSES)
                .register(registry);
        verdicts = new VerdictSeries(registry);
        confusion = new ConfusionSeries(registry);
        sources = new SourceSeries(registry);
        estimates = new EstimateSeries(registry);
    }

    @Override
    public void label(LabelOutcome outcome) {
        Objects.requireNonNull(labels.get(outcome)).increment();
    }

    @Override
    public void answered(Answer answer) {
        sources.answered(answer);
        estimates.answered(answer);
    }

    @Override
    public void scored(Score score) {
        if (score.getReplaces() == null) {
            lateness.record(Math.max(0, (double) score.getLatenessMillis() / 1e3));
            verdicts.count(
                    new ModelKey.Manifest(score.getModelName(), score.getModelVersion()),
                    score.getActual(),
                    score.getActual() == score.getPredicted());
            sources.scored(score);
        }
    }

    @Override
    public void repeatedResult() {
        repeated.increment();
    }

    @Override
    public void undecodableResult() {
        undecodable.increment();
    }

    @Override
    public void invalidResult() {
        invalid.increment();
    }

    @Override
    public void passedOver(String topic, String why) {
        passedOver.record(topic, why);
    }

    @Override
    public void failed(String step, RuntimeException failure) {
        failures.increment();
        passedOver.failed(step, failure);
    }

    @Override
    public void versionForgotten(ModelKey.Manifest version) {
        forgotten.increment();
        if (passedOver.isDue("confusion")) {
            LOG.warn(
                    "Too many versions are scored for all to be counted: what {} had so far in a partition is forgotten;"
                            + " are there results of versions that nobody published on topic classifications?",
                    version);
        }
    }

    @Override
    public void counted(int partition, ConfusionCell cell, long results) {
        confusion.count(partition, cell, results);
    }

    @Override
    public void left(int partition) {
        confusion.forget(partition);
    }

    /** Gives what is new its series, and takes those of versions that have become old away. For one thread at a time. */
    public void refresh() {
        Set<ModelKey.Manifest> all = new HashSet<>(verdicts.versions());
        all.addAll(confusion.versions());
        all.addAll(sources.versions());
        Set<ModelKey.Manifest> kept = SeriesLimits.of(all, serving.get(), names::knows);
        verdicts.show(kept, names);
        confusion.show(kept, names);
        sources.show(kept);
        estimates.show(kept, names);
    }

    static Tags tags(ModelKey.Manifest version) {
        return Tags.of("model", version.name(), "version", Integer.toString(version.version()));
    }
}

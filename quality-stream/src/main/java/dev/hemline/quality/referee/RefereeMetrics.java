package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.quality.stream.PassedOver;
import dev.hemline.service.DecisionText;
import dev.hemline.service.StandingText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the referee tells: a line for each decision, and series of how each comparison stands. */
final class RefereeMetrics implements RefereeListener {
    private static final Logger LOG = LoggerFactory.getLogger(RefereeMetrics.class);
    /** The newest; a stranger could make up many. */
    private static final int MOST_SERIES = 20;
    /** Of so few labels there is nothing to say. */
    private static final int FEW = 50;

    private final MeterRegistry registry;
    private final Map<MultiGauge, ToDoubleFunction<ExperimentStanding>> series = new LinkedHashMap<>();
    private final Counter failures;
    private final Counter strangers;
    private final Counter overQuota;
    private final Counter notBelieved;
    private final PassedOver passedOver = new PassedOver("the referee", "hemline_referee_passed_over_total");
    private final Map<Pairing, ExperimentStanding> standings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Pairing, ExperimentStanding> eldest) {
            return size() > MOST_SERIES;
        }
    };

    RefereeMetrics(MeterRegistry registry) {
        this.registry = registry;
        series("hemline.experiment.labels", "Labelled events that both versions answered", StandingText::labels);
        series(
                "hemline.experiment.wins",
                "Those that the challenger alone had right",
                ExperimentStanding::getChallengerAlone);
        series(
                "hemline.experiment.losses",
                "Those that the champion alone had right",
                ExperimentStanding::getChampionAlone);
        series(
                "hemline.experiment.log.evalue",
                "The natural logarithm of the e-value that speaks for the candidate",
                ExperimentStanding::getLogEValue);
        series(
                "hemline.experiment.log.evalue.needed",
                "What that has to be for a promotion",
                ExperimentStanding::getLogEValueNeeded);
        failures = Counter.builder("hemline.referee.failures")
                .description("Records passed over because comparing failed on them, which is an error of ours")
                .register(registry);
        strangers = Counter.builder("hemline.referee.passed.over")
                .description("Records that the referee reads and no program of ours can have written")
                .register(registry);
        notBelieved = Counter.builder("hemline.experiment.labels.not.believed")
                .description("Labels that did not count, because whoever gave them is in quarantine")
                .register(registry);
        overQuota = Counter.builder("hemline.experiment.labels.over.quota")
                .description("Labels that did not count, because whoever gave them had given as many as count")
                .register(registry);
        for (ExperimentOutcome outcome : ExperimentOutcome.values()) {
            if (outcome != ExperimentOutcome.UNKNOWN) {
                decisions(outcome);
            }
        }
    }

    private void series(String name, String description, ToDoubleFunction<ExperimentStanding> value) {
        series.put(MultiGauge.builder(name).description(description).register(registry), value);
    }

    private Counter decisions(ExperimentOutcome outcome) {
        return Counter.builder("hemline.experiment.decisions")
                .description("Comparisons that have ended, by what should become of the candidate")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public synchronized void stands(Pairing pairing, ExperimentStanding standing) {
        ExperimentStanding before = standings.put(pairing, standing);
        show();
        if (isNews(before, standing)) {
            LOG.info("Model {}: {}", pairing.model(), StandingText.of(standing));
        }
    }

    /** A line when it begins, and one whenever twice as many labels have come. */
    private static boolean isNews(@Nullable ExperimentStanding before, ExperimentStanding now) {
        return now.getOutcome() == null
                && now.getBegunAt() != null
                && (before == null
                        || before.getBegunAt() == null
                        || magnitude(StandingText.labels(before)) != magnitude(StandingText.labels(now)));
    }

    private static int magnitude(long labels) {
        return Long.SIZE - Long.numberOfLeadingZeros(labels / FEW);
    }

    @Override
    public synchronized void left() {
        standings.clear();
        show();
    }

    private void show() {
        series.forEach((gauge, value) -> gauge.register(
                standings.entrySet().stream()
                        .<Row<?>>map(one -> Row.of(tags(one.getKey()), value.applyAsDouble(one.getValue())))
                        .toList(),
                true));
    }

    private static Tags tags(Pairing pairing) {
        return Tags.of(
                "model",
                pairing.model(),
                "champion",
                Integer.toString(pairing.champion()),
                "challenger",
                Integer.toString(pairing.challenger()));
    }

    @Override
    public void decided(ExperimentDecision decision) {
        decisions(decision.getOutcome()).increment();
        LOG.warn(
                "Model {}: {}. Where the policy is challenger this is carried out by itself, else {}",
                decision.getModelName(),
                DecisionText.of(decision),
                advice(decision));
    }

    private static String advice(ExperimentDecision decision) {
        return switch (decision.getOutcome()) {
            case PROMOTED -> "hemline models promote makes it serve";
            case REJECTED -> "hemline models reject lets challengers idle";
            case ROLLED_BACK ->
                "hemline models pin " + decision.getIncumbent() + " makes what served before serve again";
            default -> "there is nothing to do";
        };
    }

    @Override
    public void notBelieved() {
        notBelieved.increment();
    }

    @Override
    public void overQuota() {
        overQuota.increment();
    }

    @Override
    public void passedOver(String topic, String why) {
        strangers.increment();
        passedOver.record(topic, why);
    }

    @Override
    public void failed(String step, RuntimeException failure) {
        failures.increment();
        passedOver.failed(step, failure);
    }
}

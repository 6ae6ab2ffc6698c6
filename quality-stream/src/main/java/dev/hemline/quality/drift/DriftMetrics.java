package dev.hemline.quality.drift;

import static java.util.stream.Collectors.joining;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftState;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.quality.stream.PassedOver;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What drift detection tells: a line for each change, and series of what stands. */
final class DriftMetrics implements DriftListener {
    private static final Logger LOG = LoggerFactory.getLogger(DriftMetrics.class);
    /** A stranger may make many of them stand; the strongest have series. */
    private static final int MOST_SERIES = 200;

    private final MeterRegistry registry;
    private final LabelNames manifests;
    private final Counter failures;
    private final Counter strangers;
    private final MultiGauge strengths;
    private final PassedOver passedOver = new PassedOver("drift detection", "hemline_drift_passed_over_total");
    private final Map<Integer, List<Drift>> standing = new HashMap<>();

    DriftMetrics(MeterRegistry registry, LabelNames manifests) {
        this.registry = registry;
        this.manifests = manifests;
        failures = Counter.builder("hemline.drift.failures")
                .description("Records passed over because watching them failed, which is an error of ours")
                .register(registry);
        strangers = Counter.builder("hemline.drift.passed.over")
                .description("Records of topic drift-batches that no program of ours can have written")
                .register(registry);
        strengths = MultiGauge.builder("hemline.drift")
                .description(
                        "Alarms that stand, and how strong the change was then: of pictures in standard deviations of"
                                + " one result, of the mix as the share of results in other classes")
                .register(registry);
        for (DriftKind kind : List.of(DriftKind.PICTURES, DriftKind.MIX)) {
            alarms(kind);
        }
    }

    private Counter alarms(DriftKind kind) {
        return Counter.builder("hemline.drift.alarms")
                .description("Alarms given, by what has changed")
                .tag("kind", code(kind))
                .register(registry);
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void told(Drift drift) {
        var version = new ModelKey.Manifest(drift.getModelName(), drift.getModelVersion());
        String source = BusiestSources.shown(drift.getSource());
        if (drift.getState() == DriftState.ALL_CLEAR) {
            LOG.info(
                    "Source {}: results of {} are again as they were ({}, compared with {} results); so they are since event {} ({})",
                    source,
                    version,
                    code(drift.getKind()),
                    code(drift.getReference()),
                    drift.getSinceId(),
                    drift.getSinceAt());
            return;
        }
        alarms(drift.getKind()).increment();
        LOG.warn(
                "Source {}: {} since about event {} ({}), {} results of {} ago, compared with {} results; strength {}, most in {}",
                source,
                drift.getKind() == DriftKind.PICTURES
                        ? "the pictures have changed, so answers cannot be trusted as before,"
                        : "some classes come more often, others less,",
                drift.getSinceId(),
                drift.getSinceAt(),
                drift.getResults(),
                version,
                code(drift.getReference()),
                String.format(Locale.ROOT, "%.2f", drift.getStrength()),
                classes(drift, version));
    }

    private String classes(Drift drift, ModelKey.Manifest version) {
        List<String> names = manifests.of(version).orElse(List.of());
        return drift.getClasses().stream()
                .map(moved -> LabelNames.name(names, moved.getGroup()))
                .collect(joining(", "));
    }

    @Override
    public synchronized void standing(int partition, List<Drift> alarms) {
        standing.put(partition, alarms);
        show();
    }

    @Override
    public synchronized void left(int partition) {
        standing.remove(partition);
        show();
    }

    private void show() {
        strengths.register(
                standing.values().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparing(Drift::getStrength, Comparator.reverseOrder()))
                        .limit(MOST_SERIES)
                        .map(DriftMetrics::row)
                        .toList(),
                true);
    }

    private static MultiGauge.Row<Number> row(Drift drift) {
        return MultiGauge.Row.of(
                Tags.of(
                        "model",
                        drift.getModelName(),
                        "version",
                        Integer.toString(drift.getModelVersion()),
                        "source",
                        BusiestSources.shown(drift.getSource()),
                        "kind",
                        code(drift.getKind()),
                        "reference",
                        code(drift.getReference())),
                drift.getStrength());
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

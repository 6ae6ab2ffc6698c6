package dev.hemline.classifier.metrics;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.service.SeriesLimits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What serves and what served: which archive, and how good its maker found it. */
public final class ModelMetrics {
    private static final int SHA256_PREFIX = 12;

    private final MeterRegistry registry;
    private final AtomicInteger version = new AtomicInteger();
    private final MultiGauge info;
    private final MultiGauge accuracy;
    private final MultiGauge images;
    /** The one that began last comes first. */
    private final Deque<ModelManifest> served = new ArrayDeque<>();

    public ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("hemline.model.version", version, AtomicInteger::get)
                .description("Version of the model that serves; 0 before the first")
                .register(registry);
        info = MultiGauge.builder("hemline.model.info")
                .description("1 for the model that serves")
                .register(registry);
        accuracy = MultiGauge.builder("hemline.model.accuracy")
                .description("Accuracy that the model's maker measured")
                .baseUnit("ratio")
                .register(registry);
        images = MultiGauge.builder("hemline.model.evaluated")
                .description("Images it was measured on")
                .baseUnit("images")
                .register(registry);
    }

    /** Another model begins to serve. */
    public synchronized void serves(ModelManifest manifest) {
        version.set(manifest.getVersion());
        served.removeIf(before -> tags(before).equals(tags(manifest)));
        served.addFirst(manifest);
        while (served.size() > SeriesLimits.VERSIONS) {
            served.removeLast();
        }
        info.register(List.of(Row.of(withArchive(manifest), 1)), true);
        accuracy.register(rows(ModelEvaluation::getAccuracy), true);
        images.register(rows(ModelEvaluation::getImages), true);
        Counter.builder("hemline.model.swaps")
                .description("How often another model began to serve")
                .tag("model", manifest.getName())
                .register(registry)
                .increment();
    }

    private List<Row<?>> rows(Function<ModelEvaluation, Number> figure) {
        return served.stream()
                .<Row<?>>map(one -> Row.of(tags(one), figure.apply(one.getEvaluation())))
                .toList();
    }

    private static Tags withArchive(ModelManifest manifest) {
        return tags(manifest)
                .and("sha256", manifest.getArchive().getSha256().substring(0, SHA256_PREFIX))
                .and("network", manifest.getNetwork());
    }

    private static Tags tags(ModelManifest manifest) {
        return Tags.of("model", manifest.getName(), "version", Integer.toString(manifest.getVersion()));
    }
}

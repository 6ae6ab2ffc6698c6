package dev.hemline.trainer;

import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.Occasion.Trigger;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A training as series for Prometheus, each with the label {@code model}; NaN until there is something to say. */
final class TrainingMetrics {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter images;
    private final Counter published;
    private final Counter requestsRefused;
    private final Map<Trigger, Counter> trainings = new EnumMap<>(Trigger.class);
    private final Map<Outcome, Counter> judged = new EnumMap<>(Outcome.class);
    private volatile @Nullable TrainingProgress progress;
    private volatile @Nullable Validation validation;
    private volatile double latestVersion = Double.NaN;
    private long imagesCounted;

    TrainingMetrics(MeterRegistry registry, String model) {
        this.registry = registry;
        this.tags = Tags.of("model", model);
        progress("epoch", "Epoch under way", TrainingProgress::epoch);
        progress("epochs", "Epochs planned", TrainingProgress::epochs);
        progress("images.planned", "Images of all epochs", planned -> (double) planned.imagesPlanned());
        progress("loss", "Running mean of the training loss, in nats", TrainingProgress::loss);
        progress("accuracy", "Running share of right answers in training", TrainingProgress::accuracy);
        progress("images.per.second", "Running mean", TrainingProgress::imagesPerSecond);
        progress("learning.rate", "Of the latest step", TrainingProgress::learningRate);
        gauge(
                "validation.loss",
                "Mean cross-entropy in the latest validation, in nats",
                () -> orNaN(validation, Validation::loss));
        gauge(
                "validation.accuracy",
                "Share of right answers in the latest validation",
                () -> orNaN(validation, Validation::accuracy));
        gauge("model.version", "Version published last", () -> latestVersion);
        this.images = counter("images", "Images trained on", tags);
        this.published = counter("models.published", "Versions published", tags);
        this.requestsRefused = counter(
                "requests.refused", "Training requests that cannot be met, and records that are no requests", tags);
        for (Trigger trigger : Trigger.values()) {
            Tags caused = tags.and("trigger", trigger.text());
            trainings.put(trigger, counter("started", "Trainings begun, by what caused them", caused));
        }
        for (Outcome outcome : Outcome.values()) {
            Tags became = tags.and("outcome", outcome.text());
            judged.put(outcome, counter("gate", "What the gate made of the best of each training", became));
        }
    }

    /** A training starts from nothing. */
    void started(Trigger trigger) {
        imagesCounted = 0;
        Objects.requireNonNull(trainings.get(trigger)).increment();
    }

    /** What became of a training's best. */
    void judged(Outcome outcome) {
        Objects.requireNonNull(judged.get(outcome)).increment();
    }

    void requestRefused() {
        requestsRefused.increment();
    }

    void trained(TrainingProgress latest) {
        images.increment((double) (latest.imagesSeen() - imagesCounted));
        imagesCounted = latest.imagesSeen();
        progress = latest;
    }

    void validated(Validation latest) {
        validation = latest;
    }

    void published(int version) {
        latestVersion = version;
        published.increment();
    }

    private void progress(String name, String description, ToDoubleFunction<TrainingProgress> figure) {
        gauge(name, description, () -> orNaN(progress, figure));
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder("hemline.training." + name, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Counter counter(String name, String description, Tags labels) {
        return Counter.builder("hemline.training." + name)
                .description(description)
                .tags(labels)
                .register(registry);
    }

    private static <T> double orNaN(@Nullable T latest, ToDoubleFunction<T> figure) {
        return latest == null ? Double.NaN : figure.applyAsDouble(latest);
    }
}

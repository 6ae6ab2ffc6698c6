package dev.hemline.trainer;

import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.TrainingOrder.Trigger;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A training as series for Prometheus, each with the label {@code model}; NaN until there is something to say. */
final class TrainingMetrics {
    private final Counter images;
    private final Counter published;
    private final Map<Trigger, Counter> trainings = new EnumMap<>(Trigger.class);
    private final Map<Outcome, Counter> judged = new EnumMap<>(Outcome.class);
    private volatile @Nullable TrainingProgress progress;
    private volatile @Nullable Validation validation;
    private volatile double latestVersion = Double.NaN;
    private long imagesCounted;

    TrainingMetrics(MeterRegistry registry, String model) {
        Tags tags = Tags.of("model", model);
        gauge(registry, tags, "epoch", "Epoch under way", TrainingProgress::epoch);
        gauge(registry, tags, "epochs", "Epochs planned", TrainingProgress::epochs);
        gauge(registry, tags, "images.planned", "Images of all epochs", planned -> (double) planned.imagesPlanned());
        gauge(registry, tags, "loss", "Running mean of the training loss, in nats", TrainingProgress::loss);
        gauge(registry, tags, "accuracy", "Running share of right answers in training", TrainingProgress::accuracy);
        gauge(registry, tags, "images.per.second", "Running mean", TrainingProgress::imagesPerSecond);
        gauge(registry, tags, "learning.rate", "Of the latest step", TrainingProgress::learningRate);
        Gauge.builder("hemline.training.validation.loss", this, TrainingMetrics::validationLoss)
                .description("Mean cross-entropy in the latest validation, in nats")
                .tags(tags)
                .register(registry);
        Gauge.builder("hemline.training.validation.accuracy", this, TrainingMetrics::validationAccuracy)
                .description("Share of right answers in the latest validation")
                .tags(tags)
                .register(registry);
        Gauge.builder("hemline.training.model.version", this, metrics -> metrics.latestVersion)
                .description("Version published last")
                .tags(tags)
                .register(registry);
        this.images = Counter.builder("hemline.training.images")
                .description("Images trained on")
                .tags(tags)
                .register(registry);
        this.published = Counter.builder("hemline.training.models.published")
                .description("Versions published")
                .tags(tags)
                .register(registry);
        for (Trigger trigger : Trigger.values()) {
            trainings.put(
                    trigger,
                    Counter.builder("hemline.training.started")
                            .description("Trainings begun, by what caused them")
                            .tags(tags.and("trigger", trigger.text()))
                            .register(registry));
        }
        for (Outcome outcome : Outcome.values()) {
            judged.put(
                    outcome,
                    Counter.builder("hemline.training.gate")
                            .description("What the gate made of the best of each training")
                            .tags(tags.and("outcome", outcome.text()))
                            .register(registry));
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

    private void gauge(
            MeterRegistry registry,
            Tags tags,
            String name,
            String description,
            ToDoubleFunction<TrainingProgress> figure) {
        Gauge.builder("hemline.training." + name, this, metrics -> metrics.figure(figure))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private double figure(ToDoubleFunction<TrainingProgress> figure) {
        TrainingProgress latest = progress;
        return latest == null ? Double.NaN : figure.applyAsDouble(latest);
    }

    private double validationLoss() {
        Validation latest = validation;
        return latest == null ? Double.NaN : latest.loss();
    }

    private double validationAccuracy() {
        Validation latest = validation;
        return latest == null ? Double.NaN : latest.accuracy();
    }
}

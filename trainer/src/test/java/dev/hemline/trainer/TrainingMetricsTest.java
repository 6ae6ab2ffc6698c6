package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.Occasion.Trigger;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class TrainingMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TrainingMetrics metrics = new TrainingMetrics(registry, "fashion-mnist");

    @Test
    void shouldServeTheSeriesThatDashboardsShow() {
        metrics.trained(new TrainingProgress(2, 10, 640, 55_000, 55_640, 0.5, 0.8, 0.004, 1200));
        metrics.validated(new Validation(2, 55_640, 5000, 0.875, 0.4));
        metrics.published(12);
        metrics.started(Trigger.REQUEST);
        metrics.judged(Outcome.REFUSED);

        assertThat(registry.scrape())
                .contains(
                        "hemline_training_epoch{model=\"fashion-mnist\"} 2.0",
                        "hemline_training_epochs{model=\"fashion-mnist\"} 10.0",
                        "hemline_training_images_total{model=\"fashion-mnist\"} 55640.0",
                        "hemline_training_images_planned{model=\"fashion-mnist\"} 550000.0",
                        "hemline_training_loss{model=\"fashion-mnist\"} 0.5",
                        "hemline_training_accuracy{model=\"fashion-mnist\"} 0.8",
                        "hemline_training_validation_loss{model=\"fashion-mnist\"} 0.4",
                        "hemline_training_learning_rate{model=\"fashion-mnist\"} 0.004",
                        "hemline_training_started_total{model=\"fashion-mnist\",trigger=\"request\"} 1.0",
                        "hemline_training_gate_total{model=\"fashion-mnist\",outcome=\"published\"} 0.0",
                        "hemline_training_gate_total{model=\"fashion-mnist\",outcome=\"refused\"} 1.0",
                        "hemline_training_validation_accuracy{model=\"fashion-mnist\"} 0.875",
                        "hemline_training_images_per_second{model=\"fashion-mnist\"} 1200.0",
                        "hemline_training_model_version{model=\"fashion-mnist\"} 12.0",
                        "hemline_training_models_published_total{model=\"fashion-mnist\"} 1.0");
    }

    @Test
    void shouldCountImagesOverSeveralTrainings() {
        metrics.trained(new TrainingProgress(1, 1, 64, 64, 64, 0.5, 0.8, 0.004, 1200));
        metrics.started(Trigger.START);
        metrics.trained(new TrainingProgress(1, 1, 64, 64, 64, 0.5, 0.8, 0.004, 1200));

        assertThat(registry.scrape()).contains("hemline_training_images_total{model=\"fashion-mnist\"} 128.0");
    }
}

package dev.hemline.quickstart.demo.screen;

import java.util.Map;
import java.util.Optional;

/**
 * How far a training is, from the trainer's metrics.
 *
 * @param epoch under way, counted from 1
 * @param progress share of all its images that it has seen, 0 to 1
 * @param loss running mean, in nats
 * @param accuracy running share of right answers on training images
 */
public record TrainingStatus(
        int epoch, int epochs, double progress, double loss, double accuracy, double imagesPerSecond) {
    private static final String PREFIX = "hemline_training_";

    /** @return empty if no training has begun */
    public static Optional<TrainingStatus> from(Map<String, Double> metrics) {
        double planned = get(metrics, "images_planned");
        if (planned <= 0) {
            return Optional.empty();
        }
        return Optional.of(new TrainingStatus(
                (int) get(metrics, "epoch"),
                (int) get(metrics, "epochs"),
                Math.min(1, get(metrics, "images_total") / planned),
                get(metrics, "loss"),
                get(metrics, "accuracy"),
                get(metrics, "images_per_second")));
    }

    private static double get(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(PREFIX + name, 0.0);
    }

    public boolean finished() {
        return progress >= 1;
    }
}

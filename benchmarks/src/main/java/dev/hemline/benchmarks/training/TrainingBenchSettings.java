package dev.hemline.benchmarks.training;

import dev.hemline.model.network.Networks;
import dev.hemline.trainer.training.Recipe;
import java.time.Duration;

/**
 * What to measure.
 *
 * @param recipe how Hemline trains; the others take its network and batch size
 * @param rounds in each, every contender has one turn; at least 1
 * @param turn how long the steps of a turn take together
 * @param threads of libtorch
 * @param race whether to train until {@link Race#TARGET} of the validation images are right
 */
record TrainingBenchSettings(Recipe recipe, int rounds, Duration turn, int threads, boolean race) {
    TrainingBenchSettings {
        Networks.requireKnown(recipe.network());
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
        require(turn.toMillis() >= 100 && turn.toHours() < 1, "--seconds is 0.1 to 3600, not " + turn.toMillis() / 1e3);
        require(threads >= 1 && threads <= 1024, "--threads is 1 to 1024, not " + threads);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

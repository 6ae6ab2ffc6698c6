package dev.hemline.trainer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hemline.trainer.training.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What cross-validation found, as file {@code folds.json} tells it.
 *
 * @param recipe how each network learnt
 * @param threads of libtorch
 * @param folds one result per part, in order
 * @param mean of the accuracies, 0 to 1
 * @param deviation standard deviation of the accuracies, by n - 1
 */
record FoldsSummary(Recipe recipe, int threads, List<Fold> folds, double mean, double deviation) {

    /**
     * A network that learnt from all parts but one.
     *
     * @param accuracy share of right answers on that part after the last epoch, 0 to 1
     * @param loss mean cross-entropy on it, in nats, calibrated on the same images; one number, so that it is hardly too low
     */
    record Fold(int trainImages, int validationImages, double accuracy, double loss) {}

    /** @param folds at least two */
    static FoldsSummary of(Recipe recipe, int threads, List<Fold> folds) {
        double mean = accuracies(folds).average().orElseThrow();
        double squares = accuracies(folds).map(a -> (a - mean) * (a - mean)).sum();
        return new FoldsSummary(recipe, threads, List.copyOf(folds), mean, Math.sqrt(squares / (folds.size() - 1)));
    }

    /** Writes the file, and makes its folder if there is none. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    private static DoubleStream accuracies(List<Fold> folds) {
        return folds.stream().mapToDouble(Fold::accuracy);
    }
}

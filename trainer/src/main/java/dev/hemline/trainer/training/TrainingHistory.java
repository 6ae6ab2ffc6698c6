package dev.hemline.trainer.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hemline.model.evaluation.WilsonInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The story of a training, as file {@code history.json} tells it. It is written after every epoch, so it can be read while
 * the training runs.
 *
 * @param recipe how it trained
 * @param threads of libtorch, see {@link #isRepeatable}
 * @param parameters numbers that training changed
 * @param operations multiplications and additions per image in inference, each counted as one
 * @param trainImages images learnt from
 * @param validationImages images that choices were made by
 * @param epochs every epoch so far
 * @param result what came of it, or null while it runs
 */
public record TrainingHistory(
        Recipe recipe,
        int threads,
        long parameters,
        long operations,
        int trainImages,
        int validationImages,
        List<EpochResult> epochs,
        @Nullable Result result) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public TrainingHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * How good the chosen network is.
     *
     * @param epoch the epoch it was chosen from, for its validation accuracy
     * @param validationAccuracy share of right answers on the validation images, 0 to 1
     * @param testImages how many test images there were; they were looked at once, after the choice
     * @param testAccuracy share of right answers on them, 0 to 1
     * @param testInterval where the true share lies with 95 % confidence
     * @param testLoss mean cross-entropy on them, in nats
     */
    public record Result(
            int epoch,
            double validationAccuracy,
            int testImages,
            double testAccuracy,
            WilsonInterval testInterval,
            double testLoss) {}

    /**
     * Whether the same recipe, data and number of threads give the same weights again, bit for bit, on the same kind of
     * processor: they do where no two threads share an operation. A teacher's operations have all threads.
     */
    @JsonIgnore
    public boolean isRepeatable() {
        int parts = Replicas.count(Math.min(recipe.batchSize(), trainImages), threads);
        return threads == 1 || (recipe.distillation() == null && threads / parts == 1);
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read or holds something else
     */
    public static TrainingHistory read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), TrainingHistory.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no training history: " + e.getOriginalMessage(), e);
        }
    }

    /** Replaces the file as a whole, so that nobody ever reads half of it. */
    public void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

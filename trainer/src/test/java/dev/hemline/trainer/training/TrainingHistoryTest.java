package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.trainer.training.Distillation.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingHistoryTest {
    @Test
    void shouldPromiseTheSameNetworkAgainWhereNoThreadsShareAnOperation() {
        assertThat(history(64, 1, 1000).isRepeatable()).isTrue();
        assertThat(history(128, 2, 1000).isRepeatable()).isTrue();
        assertThat(history(128, 3, 1000).isRepeatable())
                .as("two parts, a thread each, and one with nothing to do")
                .isTrue();
    }

    @Test
    void shouldPromiseNothingWhereThreadsShareAnOperation() {
        // Given: batches, or a dataset, too small for a part each
        assertThat(history(127, 2, 1000).isRepeatable()).isFalse();
        assertThat(history(128, 4, 1000).isRepeatable()).isFalse();
        assertThat(history(128, 2, 100).isRepeatable()).isFalse();
    }

    @Test
    void shouldPromiseNothingWhereThreadsShareATeachersOperations() {
        Recipe taught = TestRecipes.taught(3, new Distillation(List.of(new Source("large", "00ff")), 0.9));

        assertThat(history(taught, 1, 1000).isRepeatable()).isTrue();
        assertThat(history(taught.withBatchSize(128), 2, 1000).isRepeatable()).isFalse();
    }

    @Test
    void shouldBeReadAsItWasWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("history.json");
        TrainingHistory history = history(128, 2, 1000);

        history.write(file);

        assertThat(TrainingHistory.read(file)).isEqualTo(history);
        assertThat(Files.readString(file)).doesNotContain("epeatable");
    }

    private static TrainingHistory history(int batchSize, int threads, int trainImages) {
        return history(TestRecipes.tiny(3, batchSize), threads, trainImages);
    }

    private static TrainingHistory history(Recipe recipe, int threads, int trainImages) {
        return new TrainingHistory(recipe, threads, 81_946, 18, trainImages, 200, List.of(), null);
    }
}

package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Distillation.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
    private static final Dataset DATA = FashionMnistFixture.load();
    /** Few enough for trainings of some batches an epoch. */
    private static final LabelledImages FEW = DATA.train().first(400);

    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @TempDir
    Path folder;

    @BeforeAll
    static void useOneThread() {
        TorchEngine.start(1);
    }

    @ParameterizedTest
    @CsvSource({"ADAMW, FLOAT32", "SGD, FLOAT32", "SGD, BFLOAT16"})
    void shouldEndAsIfItHadNotBeenInterrupted(Optimizer optimizer, Precision precision) {
        // Given a training that was stopped in the middle of its second epoch
        Recipe recipe = TestRecipes.with(
                new Optimization(optimizer, 0.01, 5, 0.01, 0.1, 2), new Augmentation(true, 2, 5, 0.5), precision, 0);
        TrainingRun.Outcome whole = run(recipe);
        AtomicInteger asked = new AtomicInteger();
        stop(recipe, Teacher.NONE, () -> asked.incrementAndGet() > 6);

        // When it goes on
        TrainingRun.Outcome resumed = resume(recipe);

        // Then not a bit is another
        assertThat(resumed.best().archive()).isEqualTo(whole.best().archive());
        assertThat(resumed.history())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .isEqualTo(whole.history());
    }

    @Test
    void shouldEndAsIfItHadNotBeenInterruptedWhereEachThreadHasAPartOfABatch() {
        // Given a training with two threads that was stopped in the middle of its second epoch
        Recipe recipe = TestRecipes.tiny(2, 128);
        TorchEngine.start(2);
        try {
            TrainingRun.Outcome whole = run(recipe);
            AtomicInteger asked = new AtomicInteger();
            stop(recipe, Teacher.NONE, () -> asked.incrementAndGet() > 4);

            // When it goes on
            TrainingRun.Outcome resumed = resume(recipe);

            // Then not a bit is another; but with one thread it would be another training
            assertThat(resumed.best().archive()).isEqualTo(whole.best().archive());
            TorchEngine.start(1);
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> resume(recipe))
                    .withMessageContaining("each batch in 2 parts")
                    .withMessageContaining("--threads");
        } finally {
            TorchEngine.start(1);
        }
    }

    @Test
    void shouldEndAsIfItHadNotBeenInterruptedWhenTaught() throws Exception {
        // Given a training that was stopped in the middle of its second epoch, and a teacher with its first weights
        Recipe recipe = TestRecipes.taught(2, distillation("tiny"));
        ServingModel untrained = ServingModel.of(TINY, Weights.initial(TINY, 3), PixelStatistics.of(DATA.train()));
        try (ArchiveClassifier teacher =
                ArchiveClassifier.open(untrained.archive(), untrained.input(), ModelOutput.LOGITS, 10)) {
            TrainingRun.Outcome whole = run(recipe, teacher::classify);
            AtomicInteger asked = new AtomicInteger();
            stop(recipe, teacher::classify, () -> asked.incrementAndGet() > 12);

            // When it goes on
            TrainingRun.Outcome resumed = resume(recipe, teacher::classify);

            // Then not a bit is another, and without the teacher many are
            assertThat(resumed.best().archive()).isEqualTo(whole.best().archive());
            TrainingRun.Outcome untaught = run(TestRecipes.tiny(2, 50));
            assertThat(untaught.best().archive()).isNotEqualTo(whole.best().archive());
        }
    }

    @Test
    void shouldNotGoOnWithAnotherTeacher() {
        Teacher undecided = (pixels, n) -> new float[n][10];
        Recipe small = TestRecipes.taught(1, distillation("small"));
        Recipe large = TestRecipes.taught(1, distillation("large"));
        run(small, undecided);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> resume(large, undecided))
                .withMessageContaining("network=small")
                .withMessageContaining("network=large");
    }

    @Test
    void shouldNotGoOnWithAnotherRecipe() {
        run(TestRecipes.tiny(1, 100));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> resume(TestRecipes.tiny(2, 100)))
                .withMessageContaining("epochs=1")
                .withMessageContaining("epochs=2")
                .withMessageEndingWith(
                        "give the flags that it began with, --threads among them, or train without --resume");
    }

    private static Distillation distillation(String teacher) {
        return new Distillation(List.of(new Source(teacher, "0")), 0.9);
    }

    /** Trains to the end; checkpoints of another training give way to its own. */
    private TrainingRun.Outcome run(Recipe recipe) {
        return run(recipe, Teacher.NONE);
    }

    private TrainingRun.Outcome run(Recipe recipe, Teacher teacher) {
        return training(recipe, () -> false).run(teacher).orElseThrow();
    }

    private TrainingRun.Outcome resume(Recipe recipe) {
        return resume(recipe, Teacher.NONE);
    }

    private TrainingRun.Outcome resume(Recipe recipe, Teacher teacher) {
        TrainingRun training = training(recipe, () -> false);
        training.goOnFrom(new CheckpointFolder(folder, true).latest(TINY).orElseThrow());
        return training.run(teacher).orElseThrow();
    }

    /** Trains until stopped, within the second epoch. */
    private void stop(Recipe recipe, Teacher teacher, BooleanSupplier stop) {
        assertThat(training(recipe, stop).run(teacher)).isEmpty();
        assertThat(new CheckpointFolder(folder, true).latest(TINY).orElseThrow().history())
                .hasSize(1);
    }

    private TrainingRun training(Recipe recipe, BooleanSupplier stop) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochEnded(Checkpoint checkpoint) {
                new CheckpointFolder(folder, false).save(checkpoint);
            }
        };
        return new TrainingRun(recipe, TrainingTask.anew(recipe, FEW, DATA.test()), listener, stop);
    }
}

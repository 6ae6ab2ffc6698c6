package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.serving.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
    private static final Dataset DATA = FashionMnistFixture.load();

    @BeforeAll
    static void useOneThread() {
        TorchEngine.start(1);
    }

    @Test
    void shouldLearnFromAFewHundredImages() {
        Recorder recorder = new Recorder();

        run(TestRecipes.tiny(3, 32), recorder, Integer.MAX_VALUE);

        assertThat(recorder.validations).extracting(Validation::epoch).containsExactly(1, 2, 3);
        Validation last = recorder.validations.get(2);
        assertThat(last.accuracy()).isGreaterThan(0.55);
        assertThat(last.images()).isEqualTo(200);
        TrainingProgress end = recorder.progress.get(recorder.progress.size() - 1);
        assertThat(end.imagesSeen()).isEqualTo(3 * 992).isEqualTo(end.imagesPlanned());
        assertThat(end.loss()).isLessThan(recorder.progress.get(5).loss());
    }

    @Test
    void shouldGiveModelsThatAreAsSureAsTheyAreRight() {
        // Given a training that validates on some images within an epoch, and on all after it
        Recorder recorder = new Recorder();
        run(TestRecipes.tiny(4, 50, 700, 80), recorder, Integer.MAX_VALUE);

        int last = recorder.models.size() - 1;
        assertThat(recorder.validations.subList(last - 1, last + 1))
                .extracting(Validation::images)
                .containsExactly(80, 200);
        for (int i = last - 1; i <= last; i++) {
            // When its model is asked about the images that it was validated on
            Validation validation = recorder.validations.get(i);
            ServingModel model = recorder.models.get(i);
            Answers answers = model.answers(DATA.test().first(validation.images()));

            // Then it answers as was said, and would be more surprised by the truth if it was surer, or less sure
            assertThat(answers.accuracy()).isEqualTo(validation.accuracy());
            assertThat(answers.loss())
                    .isCloseTo(validation.loss(), within(1e-5))
                    .isLessThan(answers.tempered(0.98).loss())
                    .isLessThan(answers.tempered(1.02).loss());
            assertThat(model.temperature()).isNotEqualTo(Temperature.NONE);
        }
    }

    @Test
    void shouldTrainTheSameNetworkFromTheSameSeed() {
        Recipe recipe = TestRecipes.tiny(1, 100).withSeed(7);
        Recorder first = new Recorder();
        Recorder second = new Recorder();

        run(recipe, first, Integer.MAX_VALUE);
        run(recipe, second, Integer.MAX_VALUE);

        assertThat(second.models.get(0).archive()).isEqualTo(first.models.get(0).archive());
    }

    @Test
    void shouldTrainTheSameNetworkWhenTwoThreadsHaveHalfOfEveryBatch() {
        Recipe recipe = TestRecipes.tiny(1, 128).withSeed(7);
        Recorder first = new Recorder();
        Recorder second = new Recorder();

        TorchEngine.start(2);
        try {
            run(recipe, first, Integer.MAX_VALUE);
            run(recipe, second, Integer.MAX_VALUE);
        } finally {
            TorchEngine.start(1);
        }

        assertThat(second.models.get(0).archive()).isEqualTo(first.models.get(0).archive());
    }

    @Test
    void shouldLearnFromFewerImagesThanABatchMayHave() {
        Recipe recipe = TestRecipes.tiny(2, 4096);
        Recorder recorder = new Recorder();

        TorchEngine.start(2);
        try {
            run(recipe, DATA.test(), recorder, Integer.MAX_VALUE);
        } finally {
            TorchEngine.start(1);
        }

        assertThat(recorder.progress).extracting(TrainingProgress::imagesSeen).containsExactly(200L, 400L);
    }

    @Test
    void shouldValidateWithinAnEpochWhenAskedTo() {
        Recorder recorder = new Recorder();

        run(TestRecipes.tiny(1, 100, 300, 50), recorder, Integer.MAX_VALUE);

        assertThat(recorder.validations).extracting(Validation::imagesSeen).containsExactly(300L, 600L, 900L, 1000L);
        assertThat(recorder.validations).extracting(Validation::images).containsExactly(50, 50, 50, 200);
    }

    @Test
    void shouldEndWithinABatchWhenToldToStop() {
        Recorder recorder = new Recorder();

        run(TestRecipes.tiny(5, 100), recorder, 3);

        assertThat(recorder.progress).hasSize(3);
        assertThat(recorder.validations).isEmpty();
    }

    private static void run(Recipe recipe, Recorder recorder, int batches) {
        run(recipe, DATA.train(), recorder, batches);
    }

    private static void run(Recipe recipe, LabelledImages train, Recorder recorder, int batches) {
        new TrainingRun(
                        recipe,
                        TrainingTask.anew(recipe, train, DATA.test()),
                        recorder,
                        () -> recorder.progress.size() >= batches)
                .run();
    }

    private static final class Recorder implements TrainingListener {
        final List<TrainingProgress> progress = new ArrayList<>();
        final List<Validation> validations = new ArrayList<>();
        final List<ServingModel> models = new ArrayList<>();

        @Override
        public void trained(TrainingProgress latest) {
            progress.add(latest);
        }

        @Override
        public void validated(Validation validation, ServingModel model) {
            validations.add(validation);
            models.add(model);
        }
    }
}

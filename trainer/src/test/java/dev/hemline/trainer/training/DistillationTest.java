package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.Distillation.Source;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DistillationTest {
    private static final Dataset DATA = FashionMnistFixture.load();
    private static final int PIXELS = 28 * 28;

    @BeforeAll
    static void useOneThread() {
        TorchEngine.start(1);
    }

    @Test
    void shouldLearnWhatTheTeacherSaysAndNotWhatLabelsSay() {
        // Given a teacher to whom all that is bright is a bag, and all that is dark is a sandal
        LabelledImages asTheTeacherSeesThem = relabelled(DATA.test());
        Recipe recipe = TestRecipes.taught(3, new Distillation(List.of(new Source("brightness", "0")), 1));

        // When a network learns from that, labels having no weight
        TrainingRun.Outcome outcome = new TrainingRun(
                        recipe,
                        TrainingTask.anew(recipe, DATA.train(), asTheTeacherSeesThem),
                        new TrainingListener() {},
                        () -> false)
                .run(DistillationTest::byBrightness)
                .orElseThrow();

        // Then it sees things as the teacher does
        assertThat(outcome.bestEpoch().validationAccuracy()).isGreaterThan(0.85);
    }

    @Test
    void shouldNameTheFlagOfAValueThatMakesNoSense() {
        List<Source> teachers = List.of(new Source("large", "0"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Distillation(teachers, 0))
                .withMessage("--teacher-weight is above 0 and at most 1, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Distillation(teachers, Double.NaN))
                .withMessage("--teacher-weight is above 0 and at most 1, not NaN");
    }

    private static LabelledImages relabelled(LabelledImages images) {
        byte[] pixels = new byte[images.size() * PIXELS];
        byte[] labels = new byte[images.size()];
        for (int i = 0; i < labels.length; i++) {
            images.copyImage(i, pixels, i * PIXELS);
            labels[i] = seen(ByteBuffer.wrap(pixels), i);
        }
        return LabelledImages.of(pixels, labels);
    }

    private static float[][] byBrightness(ByteBuffer pixels, int n) {
        float[][] rows = new float[n][10];
        for (int i = 0; i < n; i++) {
            rows[i][seen(pixels, i)] = 1;
        }
        return rows;
    }

    private static byte seen(ByteBuffer pixels, int image) {
        int sum = 0;
        for (int i = image * PIXELS; i < (image + 1) * PIXELS; i++) {
            sum += pixels.get(i) & 0xff;
        }
        return (byte) (sum > 73 * PIXELS ? 8 : 5);
    }
}

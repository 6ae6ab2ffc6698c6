package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final Offset<Float> ROUNDING = within(1e-6f);

    @Test
    void shouldSpreadAShareOfTheLabelOverAllClasses() {
        float[] targets = new Targets(4, 0.2, 0).of(batch());

        assertThat(targets).containsExactly(new float[] {0.05f, 0.05f, 0.85f, 0.05f}, ROUNDING);
    }

    @Test
    void shouldDivideTheTeachersShareAsTheTeacherSays() {
        Batch batch = batch();
        batch.ask((pixels, n) -> new float[][] {{0.5f, 0.25f, 0.25f, 0}});

        float[] targets = new Targets(4, 0.2, 0.8).of(batch);

        assertThat(targets).containsExactly(new float[] {0.41f, 0.21f, 0.37f, 0.01f}, ROUNDING);
    }

    @Test
    void shouldNotLearnFromLabelsAloneWhereTheRecipeHasATeacher() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Targets(4, 0.2, 0.8).of(batch()))
                .withMessage("the recipe has a teacher, and nobody teaches");
    }

    private static Batch batch() {
        Batch batch = new Batch(1, 1);
        batch.labels()[0] = 2;
        return batch;
    }
}

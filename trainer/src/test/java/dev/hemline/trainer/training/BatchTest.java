package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Offset<Float> ROUNDING = within(1e-6f);

    @Test
    void shouldBeDividedWithWhatTheTeacherSaid() {
        // Given four images of two pixels, and what a teacher says of each
        var batch = new Batch(4, 2);
        for (int i = 0; i < 4; i++) {
            batch.pixels()[2 * i] = (byte) (10 * i);
            batch.pixels()[2 * i + 1] = (byte) (10 * i + 1);
            batch.labels()[i] = 100 + i;
        }
        batch.ask((pixels, images) -> new float[][] {{0}, {1}, {2}, {3}});

        Batch part = batch.part(1, 3);

        assertThat(part.size()).isEqualTo(2);
        assertThat(part.pixels()).containsExactly(10, 11, 20, 21);
        assertThat(part.labels()).containsExactly(101, 102);
        assertThat(part.answers()).isDeepEqualTo(new float[][] {{1}, {2}});
    }

    @Test
    void shouldBeDividedWithoutATeacher() {
        assertThat(new Batch(4, 2).part(2, 4).answers()).isEmpty();
    }

    @Test
    void shouldSpreadAShareOfTheLabelOverAllClasses() {
        float[] targets = batch().targets(4, 0.2, 0);

        assertThat(targets).containsExactly(new float[] {0.05f, 0.05f, 0.85f, 0.05f}, ROUNDING);
    }

    @Test
    void shouldDivideTheTeachersShareAsTheTeacherSays() {
        Batch batch = batch();
        batch.ask((pixels, n) -> new float[][] {{0.5f, 0.25f, 0.25f, 0}});

        float[] targets = batch.targets(4, 0.2, 0.8);

        assertThat(targets).containsExactly(new float[] {0.41f, 0.21f, 0.37f, 0.01f}, ROUNDING);
    }

    @Test
    void shouldNotLearnFromLabelsAloneWhereTheRecipeHasATeacher() {
        assertThatIllegalStateException()
                .isThrownBy(() -> batch().targets(4, 0.2, 0.8))
                .withMessage("the recipe has a teacher, and nobody teaches");
    }

    private static Batch batch() {
        Batch batch = new Batch(1, 1);
        batch.labels()[0] = 2;
        return batch;
    }
}

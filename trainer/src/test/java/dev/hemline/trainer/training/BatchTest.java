package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchTest {
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
}

package dev.hemline.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RightTest {
    @Test
    void shouldTellTheShareThatIsRight() {
        assertThat(new Right(40, 30).accuracy()).isEqualTo(0.75);
        assertThat(new Right(0, 0).accuracy()).isZero();
    }

    @Test
    void shouldBoundWhatMayBeByWilsonsInterval() {
        assertThat(new Right(100, 90).atMost(1.96)).isCloseTo(0.9448, within(1e-4));
        assertThat(new Right(100, 0).atMost(1.96)).isCloseTo(0.0370, within(1e-4));
        assertThat(new Right(100, 90).atMost(0)).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void shouldHoldEverythingForPossibleWithoutLabelsAndLessTheMoreThereAre() {
        assertThat(new Right(0, 0).atMost(4)).isEqualTo(1);
        assertThat(new Right(10, 10).atMost(4)).isEqualTo(1);
        assertThat(new Right(10, 5).atMost(4)).isGreaterThan(new Right(1_000, 500).atMost(4));
    }
}

package dev.hemline.quality.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogSpaceTest {
    @Test
    void shouldAddUpWhatOverflows() {
        assertThat(LogSpace.sum(new double[] {1000, 1000})).isCloseTo(1000 + Math.log(2), within(1e-9));
        assertThat(LogSpace.mean(new double[] {1000, 1000})).isCloseTo(1000, within(1e-9));
    }

    @Test
    void shouldKnowThatNothingAddsUpToZero() {
        assertThat(LogSpace.sum(new double[0])).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}

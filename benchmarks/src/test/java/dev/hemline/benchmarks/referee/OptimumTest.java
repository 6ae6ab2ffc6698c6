package dev.hemline.benchmarks.referee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.experiment.Design;
import org.junit.jupiter.api.Test;

class OptimumTest {
    @Test
    void shouldBeWhatTheDivergenceOfDisagreementsGives() {
        // 7 wins and 2 losses in 100 labels; p = 7/9, KL(p, 1/2) = 0.1637 of each of the 9: ln 20 / 0.01473 = 203.4.
        assertThat(Optimum.labels(0.05, 0.09, better())).isEqualTo(204);
    }

    @Test
    void shouldBeNoneWhereThereIsNothingToShow() {
        assertThat(Optimum.labels(0, 0.06, better())).isNull();
    }

    private static Design better() {
        return new Design(0.05, 0, 0.1, 100, 1_000, 14);
    }
}

package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures are those of {@code scipy.stats.ks_2samp}, SciPy 1.17.1. */
class KolmogorovSmirnovTest {
    private static final double[] FIRST = {0.1, 0.2, 0.3, 0.4, 0.5};

    @Test
    void shouldTellHowLikelySmallSamplesAre() {
        assertThat(KolmogorovSmirnov.pValue(FIRST, new double[] {0.15, 0.35, 0.45, 0.55, 0.65}))
                .isCloseTo(0.873015873015873, within(1e-12));
        assertThat(KolmogorovSmirnov.pValue(FIRST, new double[] {0.6, 0.7, 0.8, 0.9, 1}))
                .isCloseTo(0.007936507936507936, within(1e-12));
        assertThat(KolmogorovSmirnov.pValue(FIRST, FIRST)).isOne();
    }

    @Test
    void shouldCountValuesThatAreAlikeInOneStep() {
        assertThat(KolmogorovSmirnov.pValue(new double[] {1, 1, 2, 2, 3, 4}, new double[] {1, 2, 2, 2, 5, 5}))
                .isCloseTo(0.9307359307359307, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 3, 0.7869297884777761",
        "20, 5, 0.571336004933722",
        "50, 14, 0.039194586195352224",
        "100, 20, 0.03638428787491733",
        "1000, 10, 0.999999999805234",
        "1000, 70, 0.014870029418858987",
        "10000, 150, 0.21055778388518093",
        "10000, 230, 0.010081483182653565"
    })
    void shouldTellItOfSamplesOfAnySize(int n, int difference, double expected) {
        double[] first = IntStream.range(0, n).asDoubleStream().toArray();
        double[] second =
                IntStream.range(0, n).mapToDouble(i -> i + difference - 0.5).toArray();

        assertThat(KolmogorovSmirnov.pValue(first, second)).isCloseTo(expected, within(1e-9));
    }
}

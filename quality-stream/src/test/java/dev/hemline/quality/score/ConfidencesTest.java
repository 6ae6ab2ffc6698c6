package dev.hemline.quality.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.topic.ModelKey;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidencesTest {
    private static final int RESULTS = 100_000;

    /** Many near 1, as networks are, and few near the threshold. */
    private static double[] drawn() {
        var random = new Random(5);
        return random.doubles(RESULTS)
                .map(share -> 1 - 0.7 * Math.pow(share, 6))
                .toArray();
    }

    private static Confidences of(double... confidences) {
        double[] bins = new double[Confidences.BINS];
        for (double confidence : confidences) {
            bins[Confidences.bin(confidence)]++;
        }
        return new Confidences(bin -> bins[bin]);
    }

    @Test
    void shouldTellMeanAndSharesToATenthOfAPerCent() {
        double[] drawn = drawn();

        Confidences counted = of(drawn);

        double sum = 0;
        for (double confidence : drawn) {
            sum += confidence;
        }
        assertThat(counted.all()).isEqualTo(RESULTS);
        assertThat(counted.sum() / RESULTS).isCloseTo(sum / RESULTS, within(1e-3));
        for (double threshold : new double[] {0, 0.5, 0.55, 0.62, 0.9, 0.999}) {
            long above = Arrays.stream(drawn)
                    .filter(confidence -> confidence >= threshold)
                    .count();
            assertThat(counted.atLeast(threshold) / RESULTS)
                    .isCloseTo((double) above / RESULTS, within(threshold > 0.99 ? 0.02 : 1e-3));
        }
    }

    @Test
    void shouldCountWhatRoundingPutsBeyondTheEndsAtTheEnds() {
        assertThat(Confidences.bin(1.0005)).isEqualTo(Confidences.BINS - 1);
        assertThat(Confidences.bin(1)).isEqualTo(Confidences.BINS - 1);
        assertThat(Confidences.bin(0)).isZero();
        assertThat(of().all()).isZero();
    }

    @Test
    void shouldBeReadAsItWasWritten() {
        var cell = new ConfidenceCell(new ModelKey.Manifest("m", 12), 7);

        assertThat(cell).hasToString("m/v000012/confidence/7");
        assertThat(ConfidenceCell.parse("m/v000012/confidence/7")).contains(cell);
        assertThat(ConfusionCell.parse("m/v000012/confidence/7")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"m/v000012/confidence/32", "m/v000012/confidence/07", "m/v000012/9/7", "M/v000012/confidence/7"})
    void shouldTakeNothingElseForResultsByConfidence(String text) {
        assertThat(ConfidenceCell.parse(text)).isEmpty();
    }
}

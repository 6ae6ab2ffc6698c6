package dev.hemline.quality.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedTestTest {
    private final PairedTest better = new PairedTest(0);

    @Test
    void shouldBeOneBeforeTheFirstLabel() {
        assertThat(better.logEValue(PairedCounts.NONE)).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldBeWhatTheDocsReckon() {
        assertThat(Math.exp(better.logEValue(new PairedCounts(15, 4, 281)))).isCloseTo(13.4, within(0.1));
        assertThat(Math.exp(better.logEValue(new PairedCounts(16, 4, 281)))).isCloseTo(20.5, within(0.1));
        assertThat(Math.exp(better.logEValue(new PairedCounts(7, 0, 0)))).isCloseTo(31.8, within(0.1));
        // The mean of (1 + stake) * (1 - stake) is 2 / 3.
        assertThat(Math.exp(better.logEValue(new PairedCounts(1, 1, 0)))).isCloseTo(0.667, within(0.001));
    }

    @Test
    void shouldLearnFromTiesOnlyWhereThereIsAMargin() {
        assertThat(better.logEValue(new PairedCounts(3, 1, 5_000)))
                .isEqualTo(better.logEValue(new PairedCounts(3, 1, 0)));
        assertThat(new PairedTest(0.01).logEValue(new PairedCounts(0, 0, 1_000)))
                .isGreaterThan(Math.log(20));
        assertThat(new PairedTest(-0.01).logEValue(new PairedCounts(0, 0, 1_000)))
                .isNegative();
    }

    @Test
    void shouldSeldomReachTwentyWhileTheCandidateIsJustAsMuchWorseAsItMay() {
        var random = new SplittableRandom(1);
        for (double margin : new double[] {0, 0.01, 0.1}) {
            var test = new PairedTest(margin);
            double disagreement = 0.12;
            int reached = 0;
            for (int experiment = 0; experiment < 500; experiment++) {
                reached += reaches(test, -margin, disagreement, random) ? 1 : 0;
            }

            // 5 % of 500 and three standard deviations.
            assertThat(reached).as("margin %s", margin).isLessThanOrEqualTo(25 + 15);
        }
    }

    private static boolean reaches(PairedTest test, double difference, double disagreement, SplittableRandom random) {
        PairedCounts counts = PairedCounts.NONE;
        for (int label = 0; label < 2_000; label++) {
            double drawn = random.nextDouble();
            boolean disagree = drawn < disagreement;
            boolean win = drawn < (disagreement + difference) / 2;
            counts = counts.with(new Comparison(0, "", !win, !disagree || win));
            if (test.logEValue(counts) >= Math.log(20)) {
                return true;
            }
        }
        return false;
    }
}

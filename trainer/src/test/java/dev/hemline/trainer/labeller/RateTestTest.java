package dev.hemline.trainer.labeller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateTestTest {
    private static final double RATE = 0.1;
    private final RateTest test = new RateTest(RATE);

    /** The example of docs/learning.md: with one bet at 52.5 %, the others as many. */
    @Test
    void shouldMultiplyByHowMuchLikelierItIsAtHigherRates() {
        double capital = 0;
        for (int bet = 0; bet < 20; bet++) {
            double higher = 0.1 + (bet + 0.5) / 20 * 0.9;
            capital += Math.pow(higher / 0.1, 4) * Math.pow((1 - higher) / 0.9, 6) / 20;
        }

        assertThat(test.logEValue(4, 10)).isCloseTo(Math.log(capital), within(1e-9));
        assertThat(test.logEValue(0, 0)).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldSuspectHardlyAnybodyHonestHoweverLongTheyLabel() {
        int suspected = 0;
        for (int labeller = 0; labeller < 4_000; labeller++) {
            if (labelsUntil(0.01, RATE, 1_000, labeller) < 1_000) {
                suspected++;
            }
        }

        assertThat(suspected).as("of 4,000, each with a chance of 1 %% at most").isLessThanOrEqualTo(55);
    }

    @Test
    void shouldFindWhoeverLiesSoon() {
        assertThat(median(0.24)).as("a fifth, beside 4 % that differ anyway").isBetween(60, 180);
        assertThat(median(0.42)).as("two fifths").isBetween(15, 50);
    }

    private int median(double rate) {
        return new SplittableRandom(1)
                .ints(201)
                .map(seed -> labelsUntil(Agreement.ALPHA / 2, rate, 5_000, seed))
                .sorted()
                .skip(100)
                .findFirst()
                .orElseThrow();
    }

    private int labelsUntil(double alpha, double rate, int most, long seed) {
        var random = new SplittableRandom(seed);
        int times = 0;
        for (int of = 1; of <= most; of++) {
            times += random.nextDouble() < rate ? 1 : 0;
            if (test.logEValue(times, of) >= -Math.log(alpha)) {
                return of;
            }
        }
        return most;
    }
}

package dev.hemline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EValuesTest {
    private static final int TRIALS = 20_000;

    @Test
    void shouldBeOneOnAverageWhileTheMeanIsWhereTheReferenceHasIt() {
        Random random = new Random(1);
        double sum = 0;
        int large = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            // The mean is off by as much as a reference of 1,000 results leaves open.
            double squared = 0;
            for (int dimension = 0; dimension < 3; dimension++) {
                double mean = random.nextGaussian() / Math.sqrt(1_000);
                double total = 200 * mean + Math.sqrt(200) * random.nextGaussian();
                squared += total * total;
            }
            double e = Math.exp(EValues.meanMoved(200, squared, 3, 1_000));
            sum += e;
            large += e > 20 ? 1 : 0;
        }

        // Rare ones that are very large make up a part of the mean, and most of these a simulation does not meet.
        assertThat(sum / TRIALS).isBetween(0.3, 1.2);
        assertThat(large / (double) TRIALS).isLessThan(1.0 / 20);
    }

    @Test
    void shouldBeLargeWhereTheMeanHasMoved() {
        // 200 results whose mean is half a standard deviation away: 200 * 0.5 = 100, squared 10,000.
        assertThat(EValues.meanMoved(200, 10_000, 3, 1_000)).isGreaterThan(11);
        assertThat(EValues.meanMoved(200, 600, 3, 1_000)).isNegative();
    }

    @Test
    void shouldBeOneOnAverageWhileSharesAreAsBefore() {
        Random random = new Random(2);
        double[] reference = {500, 300, 200};
        double sum = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            int[] counts = new int[3];
            for (int i = 0; i < 100; i++) {
                double place = random.nextDouble();
                counts[place < 0.5 ? 0 : place < 0.8 ? 1 : 2]++;
            }
            sum += Math.exp(EValues.sharesMoved(counts, reference));
        }

        // Less than one: that the reference may be off is allowed for, and here it is not.
        assertThat(sum / TRIALS).isBetween(0.3, 1.1);
    }
}

package dev.hemline.benchmarks.referee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.experiment.PairedCounts;
import org.junit.jupiter.api.Test;

class McNemarTest {
    @Test
    void shouldShowWhatChanceSeldomDoes() {
        // 20 of 25: sqrt 25 * 1.645 = 8.2, and 15 - 1 is more; 17 of 25 give 9 - 1.
        assertThat(McNemar.shows(new PairedCounts(20, 5, 1_000))).isTrue();
        assertThat(McNemar.shows(new PairedCounts(17, 8, 1_000))).isFalse();
        assertThat(McNemar.shows(new PairedCounts(0, 0, 1_000))).isFalse();
    }

    @Test
    void shouldNeedAFourthOfTheLabelsForTwiceTheDifference() {
        assertThat((double) McNemar.labels(0.01, 0.06) / McNemar.labels(0.02, 0.06))
                .isBetween(3.9, 4.1);
    }
}

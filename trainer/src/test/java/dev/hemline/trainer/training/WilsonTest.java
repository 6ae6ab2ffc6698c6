package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonTest {

    @Test
    void shouldGiveTheIntervalOfTextbooks() {
        // 8 of 10 is the example of Newcombe (1998) and many after him: 0.4902 to 0.9433.
        Wilson interval = Wilson.interval(0.8, 10);

        assertThat(interval.low()).isCloseTo(0.4902, within(1e-4));
        assertThat(interval.high()).isCloseTo(0.9433, within(1e-4));
    }

    @Test
    void shouldNeverLeaveTheRangeOfShares() {
        assertThat(Wilson.interval(1, 10).high()).isCloseTo(1, within(1e-12));
        assertThat(Wilson.interval(0, 10).low()).isCloseTo(0, within(1e-12));
    }
}

package dev.hemline.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonIntervalTest {
    @Test
    void shouldGiveTheTextbooksInterval() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        WilsonInterval usual = WilsonInterval.of(81 / 263.0, 263);
        assertThat(usual.low()).isCloseTo(0.2553, within(1e-4));
        assertThat(usual.high()).isCloseTo(0.3662, within(1e-4));

        WilsonInterval none = WilsonInterval.of(0, 20);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(1e-4));
    }

    @Test
    void shouldStayWithinZeroAndOneWhenAllAreRight() {
        WilsonInterval all = WilsonInterval.of(1, 50);

        assertThat(all.high()).isLessThanOrEqualTo(1).isCloseTo(1, within(1e-9));
        assertThat(all.low()).isCloseTo(0.9287, within(1e-4));
    }
}

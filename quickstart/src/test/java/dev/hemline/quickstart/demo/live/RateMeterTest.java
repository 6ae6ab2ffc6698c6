package dev.hemline.quickstart.demo.live;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private final RateMeter meter = new RateMeter();

    @Test
    void shouldTellTheMeanOfTheLastFiveWholeSeconds() {
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 100 + second; i++) {
                meter.mark(NOON.plusSeconds(second));
            }
        }

        assertThat(meter.perSecond(NOON.plusSeconds(60))).isEqualTo(157);
    }

    @Test
    void shouldFallToNothingWhenNothingComes() {
        meter.mark(NOON);

        assertThat(meter.perSecond(NOON.plusSeconds(1))).isEqualTo(0.2);
        assertThat(meter.perSecond(NOON.plusSeconds(6))).isZero();
    }
}

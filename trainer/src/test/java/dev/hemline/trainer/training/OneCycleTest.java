package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OneCycleTest {
    private final OneCycle schedule = new OneCycle(0.01, 1000, 100);

    @Test
    void shouldRiseToTheTopAndFallToAlmostNothing() {
        assertThat(schedule.at(1)).isLessThan(0.002);
        assertThat(schedule.at(50)).isBetween(0.004, 0.006);
        assertThat(schedule.at(100)).isCloseTo(0.01, within(1e-9));
        assertThat(schedule.at(550)).isBetween(0.004, 0.006);
        assertThat(schedule.at(1000)).isCloseTo(0.01 / 1000, within(1e-9));
    }

    @Test
    void shouldStayAtTheEndsValueBeyondTheEnd() {
        assertThat(schedule.at(5000)).isEqualTo(schedule.at(1000));
    }

    @Test
    void shouldWorkForATrainingOfOneStep() {
        assertThat(OneCycle.over(1, 0.01, 500).at(1)).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void shouldWarmUpForNoMoreThanATenth() {
        assertThat(OneCycle.over(200, 0.01, 500)).isEqualTo(new OneCycle(0.01, 200, 20));
        assertThat(OneCycle.over(20_000, 0.01, 500)).isEqualTo(new OneCycle(0.01, 20_000, 500));
    }
}

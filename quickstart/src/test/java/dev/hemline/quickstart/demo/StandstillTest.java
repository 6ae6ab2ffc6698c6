package dev.hemline.quickstart.demo;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private final Standstill standstill = new Standstill(Duration.ofSeconds(10));

    @Test
    void shouldBeReachedOnlyWhenNothingHasChangedForTooLong() {
        assertThat(standstill.reached(0, NOON)).isFalse();
        assertThat(standstill.reached(0, NOON.plusSeconds(10))).isFalse();
        assertThat(standstill.reached(1, NOON.plusSeconds(11))).isFalse();
        assertThat(standstill.reached(1, NOON.plusSeconds(21))).isFalse();
        assertThat(standstill.reached(1, NOON.plusSeconds(22))).isTrue();
    }
}

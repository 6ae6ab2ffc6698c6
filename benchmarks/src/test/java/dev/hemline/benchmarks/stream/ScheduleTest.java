package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule("hemline-0-1", 250, Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void shouldSpaceEventsEvenlyOverTheWholeTime() {
        assertThat(schedule.events()).isEqualTo(1000);
        assertThat(schedule.due(0)).isZero();
        assertThat(schedule.due(1)).isEqualTo(Duration.ofMillis(4));
        assertThat(schedule.due(999)).isEqualTo(Duration.ofMillis(3_996));
    }

    @Test
    void shouldNotLetIntervalsThatAreNoWholeNanosecondsAddUp() {
        var thirds = new Schedule("hemline-0-1", 3, Duration.ZERO, Duration.ofHours(1));

        assertThat(thirds.due(3 * 3600 - 3)).isEqualTo(Duration.ofSeconds(3599));
    }

    @Test
    void shouldLeaveOutEventsThatAreDueWhileTheStreamSettles() {
        assertThat(IntStream.range(0, schedule.events()).filter(schedule::counts))
                .hasSize(750)
                .first()
                .isEqualTo(250);
    }

    @Test
    void shouldPutMomentsInTheMiddleOfTheirSharesOfTheTimeThatCounts() {
        assertThat(schedule.moments(0)).isEmpty();
        assertThat(schedule.moments(1)).containsExactly(Duration.ofMillis(2_500));
        assertThat(schedule.moments(3))
                .containsExactly(Duration.ofMillis(1_500), Duration.ofMillis(2_500), Duration.ofMillis(3_500));
    }

    @Test
    void shouldSendAtLeastOneEvent() {
        assertThat(new Schedule("hemline-0-1", 0.1, Duration.ZERO, Duration.ofSeconds(1)).events())
                .isEqualTo(1);
    }

    @Test
    void shouldFindAnEventAgainByItsId() {
        assertThat(schedule.id(42)).isEqualTo("hemline-0-1-00000042");
        assertThat(schedule.has(schedule.id(42))).isTrue();
        assertThat(schedule.event(schedule.id(42))).isEqualTo(42);
    }

    @Test
    void shouldTellItsOwnEventsFromThoseOfOtherLoads() {
        assertThat(schedule.has("hemline-0-2-00000042")).isFalse();
        assertThat(schedule.has("hemline-0-11-00000042")).isFalse();
        assertThat(schedule.has("hemline-0-1")).isFalse();
    }
}

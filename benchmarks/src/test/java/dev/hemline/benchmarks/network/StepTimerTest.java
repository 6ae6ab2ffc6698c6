package dev.hemline.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepTimerTest {
    private long now;

    private boolean stepAfter(StepTimer timer, int millis) {
        now += Duration.ofMillis(millis).toNanos();
        return timer.stepped();
    }

    @Test
    void shouldTimeStepsAfterTheWarmUpUntilTheTurnIsOver() {
        var timer = new StepTimer(2, Duration.ofMillis(100), () -> now);

        assertThat(stepAfter(timer, 5_000)).isTrue();
        assertThat(stepAfter(timer, 5_000)).isTrue();
        assertThat(stepAfter(timer, 60)).isTrue();
        assertThat(stepAfter(timer, 40)).isFalse();

        assertThat(timer.stepsPerSecond()).isEqualTo(20);
    }

    @Test
    void shouldLeaveOutWhatDoesNotCount() {
        var timer = new StepTimer(1, Duration.ofMillis(100), () -> now);
        stepAfter(timer, 10);
        stepAfter(timer, 50);

        now += Duration.ofSeconds(9).toNanos();
        timer.leaveOut();

        assertThat(stepAfter(timer, 50)).isFalse();
        assertThat(timer.stepsPerSecond()).isEqualTo(20);
    }
}

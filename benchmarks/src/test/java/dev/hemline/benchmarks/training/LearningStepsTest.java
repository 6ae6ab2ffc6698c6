package dev.hemline.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.tournament.StepTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LearningStepsTest {
    private final LearningSteps steps = new LearningSteps(new StepTimer(1, Duration.ofMillis(100), () -> 0));

    @Test
    void shouldGoOnAsLongAsThereIsTime() {
        assertThat(steps.learnt(1.0)).isTrue();
    }

    @Test
    void shouldRefuseATrainingThatLearnsNothingAnyMore() {
        assertThatIllegalStateException().isThrownBy(() -> steps.learnt(Double.NaN));
    }
}

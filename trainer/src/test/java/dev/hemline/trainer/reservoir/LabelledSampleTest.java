package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledSampleTest {
    @Test
    void shouldTellWhatTheModelMadeOfIt() {
        LabelledSample right = labelled("a", 0, NOON);
        LabelledSample wrong = labelled("b", 7, NOON);

        assertThat(right.id()).isEqualTo("a");
        assertThat(Answer.of(right.sample())).isEqualTo(new Answer(0, 0.82f));
        assertThat(right.isRight()).isTrue();
        assertThat(wrong.isRight()).isFalse();
    }

    @Test
    void shouldHoldOneInFiveOutAndTheSameOnesAlways() {
        long heldOut = IntStream.range(0, 5_000)
                .filter(i -> labelled("event-" + i, i % 10, NOON).isHeldOut())
                .count();

        assertThat(heldOut).isBetween(900L, 1_100L);
        for (int i = 0; i < 100; i++) {
            assertThat(labelled("event-" + i, 0, NOON).isHeldOut())
                    .isEqualTo(labelled("event-" + i, 9, NOON.plusSeconds(i)).isHeldOut());
        }
    }
}

package dev.hemline.page;

import static dev.hemline.page.PageEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.topic.Rejection;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PulseMeterTest {
    private final PulseMeter meter = new PulseMeter(NOON);

    @Test
    void shouldTellWhatHappenedSinceTheBeatBefore() {
        for (int i = 1; i <= 100; i++) {
            meter.outcome(new Classified(PageEvents.result("a", i)));
        }
        meter.outcome(Rejected.because(Rejection.TOO_LARGE, new IllegalStateException("no"), null));

        PulseMeter.Pulse pulse = meter.beat(NOON.plusSeconds(2));

        assertThat(pulse.at()).isEqualTo(NOON.plusSeconds(2).toEpochMilli());
        assertThat(pulse.results()).isEqualTo(50);
        assertThat(pulse.rejects()).isEqualTo(0.5);
        assertThat(pulse.p50()).isCloseTo(50, Percentage.withPercentage(2));
        assertThat(pulse.p99()).isCloseTo(99, Percentage.withPercentage(2));
    }

    @Test
    void shouldHaveNoLatencyWithoutResults() {
        meter.outcome(new Classified(PageEvents.result("a", 5)));
        meter.beat(NOON.plusSeconds(1));

        PulseMeter.Pulse pulse = meter.beat(NOON.plusSeconds(2));

        assertThat(pulse.results()).isZero();
        assertThat(pulse.p50()).isNull();
    }

    @Test
    void shouldTakeClocksThatAreWrong() {
        meter.outcome(new Classified(PageEvents.result("a", -5_000)));
        meter.outcome(new Classified(PageEvents.result("b", Long.MAX_VALUE / 4_000)));

        assertThat(meter.beat(NOON.plusSeconds(1)).results()).isEqualTo(2);
    }

    @Test
    void shouldForgetWhatIsLongAgo() {
        for (int second = 1; second <= PulseMeter.REMEMBERED + 5; second++) {
            meter.beat(NOON.plusSeconds(second));
        }

        assertThat(meter.history()).hasSize(PulseMeter.REMEMBERED);
        assertThat(meter.history().get(0).at()).isEqualTo(NOON.plusSeconds(6).toEpochMilli());
    }
}

package dev.hemline.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.producer.LabelDelivery;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
    @Test
    void shouldNameTheFlagThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, 200, 0.01, 9092))
                .withMessageStartingWith("--seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(1, -1, 0.01, 9092))
                .withMessageStartingWith("--rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(1, 200, 1.5, 9092))
                .withMessageStartingWith("--bad-ratio");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(1, 200, 0.01, 65_534))
                .withMessageStartingWith("--port");
    }

    @Test
    void shouldSendInlineLabelsAtTheRateAskedForWithoutEnd() {
        var producer = settings(60, 300, 0.02, 0).producer();

        assertThat(producer.rate()).isEqualTo(300);
        assertThat(producer.badRatio()).isEqualTo(0.02);
        assertThat(producer.count()).isZero();
        assertThat(producer.labels()).isInstanceOf(LabelDelivery.Inline.class);
    }

    private static DemoSettings settings(long seconds, double rate, double badRatio, int port) {
        return new DemoSettings(
                Optional.of(Duration.ofSeconds(seconds)),
                rate,
                badRatio,
                new LabelDelivery.Inline(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                port,
                Optional.empty(),
                false);
    }
}

package dev.hemline.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.producer.Drift;
import dev.hemline.producer.LabelDelivery;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoOptionsTest {
    @Test
    void shouldNameTheFlagThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--seconds=0").require())
                .withMessageStartingWith("--seconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--rate=-1").require())
                .withMessageStartingWith("--rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--bad-ratio=1.5").require())
                .withMessageStartingWith("--bad-ratio");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--drift=darker:2@60").require())
                .withMessageStartingWith("--drift darker takes 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--port=65534").require())
                .withMessageStartingWith("--port");
    }

    @Test
    void shouldSendInlineLabelsAndWhatDriftsAtTheRateAskedForWithoutEnd() {
        var producer = options("--rate=300", "--bad-ratio=0.02", "--labels=inline", "--drift=blur@60,jpeg:20@90")
                .producer();

        assertThat(producer.rate()).isEqualTo(300);
        assertThat(producer.badRatio()).isEqualTo(0.02);
        assertThat(producer.count()).isZero();
        assertThat(producer.labels()).isInstanceOf(LabelDelivery.Inline.class);
        assertThat(producer.drifts()).containsExactly(Drift.parse("blur@60"), Drift.parse("jpeg:20@90"));
    }

    @Test
    void shouldTakeSeasonsForWhatTheySayThemselves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--season=blur", "--drift=blur@60").require())
                .withMessageStartingWith("--season says itself");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> options("--season=blur,noise", "--seconds=100").require())
                .withMessageStartingWith("--season blur,noise takes at least 180 seconds");
        assertThat(options("--season=blur").length()).contains(Duration.ofMinutes(5));
        assertThat(options("--season=blur").producer().drifts()).containsExactly(Drift.parse("blur@60"));
    }

    @Test
    void shouldSendTheVeryChangesOfTheSeasonThatItTellsOfWhereTheyAreDrawn() {
        DemoOptions options = options("--season=random,random,random,random,random,random");

        assertThat(options.producer().drifts())
                .isEqualTo(options.season().orElseThrow().drifts());
    }

    private static DemoOptions options(String... flags) {
        return CommandLine.populateCommand(new DemoOptions(), flags);
    }
}

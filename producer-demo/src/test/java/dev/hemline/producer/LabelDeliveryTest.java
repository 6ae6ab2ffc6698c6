package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelDeliveryTest {
    private static final List<String> IDS = IntStream.range(0, 20_000)
            .mapToObj(number -> String.format(Locale.ROOT, "demo-20261201T120000-0a1b2c3d-%012d", number))
            .toList();

    @Test
    void shouldReadWhatTheHelpPromises() {
        assertThat(LabelDelivery.parse("none")).isEqualTo(new LabelDelivery.None());
        assertThat(LabelDelivery.parse("inline")).isEqualTo(new LabelDelivery.Inline());
        assertThat(LabelDelivery.parse("late:30")).isEqualTo(new LabelDelivery.Late(Duration.ofSeconds(30)));
        assertThat(LabelDelivery.parse("requested:2")).isEqualTo(new LabelDelivery.Requested(Duration.ofSeconds(2), 0));
        assertThat(LabelDelivery.parse("requested:5:0.03"))
                .isEqualTo(new LabelDelivery.Requested(Duration.ofSeconds(5), 0.03));
        assertThat(LabelDelivery.parse("late:0.5")).isEqualTo(new LabelDelivery.Late(Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "never", "late", "late:", "late:-1", "late:soon", "requested:", "requested", "late:1e9"})
    void shouldNameTheFlagWhenItIsAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelDelivery.parse(text))
                .withMessageStartingWith("--labels takes none, inline, late:SECONDS or requested:SECONDS");
    }

    @Test
    void shouldRefuseMoreMistakesThanAnswers() {
        assertThat(LabelDelivery.parse("requested:5:1")).isEqualTo(requested(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelDelivery.parse("requested:5:1.5"))
                .withMessage("--labels requested takes a share of mistakes of 0 to 1, not 1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> requested(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelDelivery.parse("late:5:0.5"))
                .withMessageStartingWith("--labels takes none");
    }

    @Test
    void shouldBeMistakenAsOftenAsAskedForAndAboutTheSameEventsAlways() {
        for (double share : new double[] {0, 0.03, 0.25, 1}) {
            List<String> mistaken =
                    IDS.stream().filter(requested(share)::mistaken).toList();

            assertThat(mistaken.size() / (double) IDS.size()).isCloseTo(share, within(0.01));
            assertThat(IDS.stream().filter(requested(share)::mistaken)).isEqualTo(mistaken);
        }
    }

    @Test
    void shouldReadWithoutMistakesAsBeforeThereWereAny() {
        assertThat(requested(0)).hasToString("Requested[delay=PT5S]");
        assertThat(requested(0.03)).hasToString("Requested[delay=PT5S, mistakes=0.03]");
    }

    private static LabelDelivery.Requested requested(double mistakes) {
        return new LabelDelivery.Requested(Duration.ofSeconds(5), mistakes);
    }
}

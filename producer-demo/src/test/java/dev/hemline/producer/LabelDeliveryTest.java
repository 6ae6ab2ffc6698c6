package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelDeliveryTest {

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
}

package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DelayTest {
    @Test
    void shouldCountATrialWithoutAnAlarmAsLongerThanAnyOther() {
        Delay delay = Delay.of(List.of(OptionalInt.empty(), OptionalInt.of(1_050), OptionalInt.of(25)));

        assertThat(delay).isEqualTo(new Delay(1_050, null, 1));
        assertThat(delay.text()).isEqualTo("1,050 (1 without)");
    }

    @Test
    void shouldHaveNoMedianWhereHalfOfTheTrialsHadNoAlarm() {
        Delay delay = Delay.of(List.of(OptionalInt.empty(), OptionalInt.of(25), OptionalInt.empty()));

        assertThat(delay).isEqualTo(new Delay(null, null, 2));
    }

    @Test
    void shouldTellMedianAndLongest() {
        Delay delay = Delay.of(List.of(OptionalInt.of(50), OptionalInt.of(75), OptionalInt.of(25)));

        assertThat(delay.text()).isEqualTo("50 (75)");
    }
}

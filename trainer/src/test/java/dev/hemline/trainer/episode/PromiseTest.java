package dev.hemline.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromiseTest {
    @Test
    void shouldPromiseWhatTheValidationImagesSaid() {
        assertThat(Promise.of(Told.manifest(1, Map.of()))).isEqualTo(0.9);
    }

    @Test
    void shouldPromiseWhatLabelledTrafficSaidWhereThereWasAny() {
        assertThat(Promise.of(Told.manifest(1, Map.of(Promise.TRAFFIC_ACCURACY, "0.8125"))))
                .isEqualTo(0.8125);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "NaN", "-0.1", "1.01", "0,8"})
    void shouldPromiseNothingByWhatIsNoShare(String told) {
        assertThat(Promise.of(Told.manifest(1, Map.of(Promise.TRAFFIC_ACCURACY, told))))
                .isZero();
    }
}

package dev.hemline.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromiseTest {
    @Test
    void shouldPromiseWhatTheValidationImagesSaid() {
        assertThat(Promise.of(Told.manifest(1, Map.of()))).isEqualTo(new Right(5_000, 4_500));
    }

    @Test
    void shouldPromiseWhatLabelledTrafficSaidWhereThereWasAny() {
        assertThat(Promise.of(
                        Told.manifest(1, Map.of(Promise.TRAFFIC_ACCURACY, "0.8125", Promise.TRAFFIC_IMAGES, "80"))))
                .isEqualTo(new Right(80, 65));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "NaN", "-0.1", "1.01", "0,8"})
    void shouldPromiseNothingByWhatIsNoShare(String told) {
        assertThat(Promise.of(Told.manifest(1, Map.of(Promise.TRAFFIC_ACCURACY, told, Promise.TRAFFIC_IMAGES, "80"))))
                .isEqualTo(Right.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0", "-4"})
    void shouldPromiseNothingByAShareOfNoPictures(String images) {
        assertThat(Promise.of(
                        Told.manifest(1, Map.of(Promise.TRAFFIC_ACCURACY, "0.8", Promise.TRAFFIC_IMAGES, images))))
                .isEqualTo(Right.NONE);
    }
}

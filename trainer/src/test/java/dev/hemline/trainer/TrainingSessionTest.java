package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.UserError;
import org.junit.jupiter.api.Test;

class TrainingSessionTest {
    @Test
    void shouldNotBeginWithImagesThatNoManifestHasRoomFor() {
        assertThatCode(() -> TrainingSession.requireRoom(900, 900)).doesNotThrowAnyException();

        assertThatThrownBy(() -> TrainingSession.requireRoom(1024, 1024))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Images of 1024 x 1024 pixels can be learnt, but not published")
                .hasMessageContaining("--image-size");
    }
}

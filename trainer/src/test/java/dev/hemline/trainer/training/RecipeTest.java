package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RecipeTest {

    @Test
    void shouldNameTheFlagOfAValueThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipe("tiny", 0, 64, 0.01, 0, 1, 0, 0))
                .withMessage("--epochs is 1 to 10000, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipe("tiny", 1, 64, Double.NaN, 0, 1, 0, 0))
                .withMessage("--learning-rate is above 0 and at most 1, not NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipe("tiny", 1, 64, 0.01, 0, 1, -5, 0))
                .withMessage("--validate-every is 0 or more, not -5");
    }
}

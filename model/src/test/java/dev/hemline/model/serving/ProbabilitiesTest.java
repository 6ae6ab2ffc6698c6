package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilitiesTest {
    @Test
    void shouldTakeTheFirstOfThoseThatAreMostLikely() {
        assertThat(Probabilities.mostLikely(new float[] {0.1f, 0.4f, 0.1f, 0.4f}))
                .isEqualTo(1);
        assertThat(Probabilities.mostLikely(new float[] {0.6f, 0.4f})).isZero();
    }

    @Test
    void shouldTemperAsIfLogitsHadBeenDivided() {
        float[] logits = {3, -1, 0.5f};
        float[] halved = {1.5f, -0.5f, 0.25f};

        float[] tempered = Probabilities.tempered(Probabilities.softmax(logits, 0, 3), 2);

        assertThat(tempered).containsExactly(Probabilities.softmax(halved, 0, 3), within(1e-6f));
    }

    @Test
    void shouldUndoItsOwnTempering() {
        float[] probabilities = {0.7f, 0.2f, 0.1f};

        float[] back = Probabilities.tempered(Probabilities.tempered(probabilities, 0.6), 1 / 0.6);

        assertThat(back).containsExactly(probabilities, within(1e-6f));
    }

    @Test
    void shouldLeaveWhatIsImpossibleImpossible() {
        assertThat(Probabilities.tempered(new float[] {1, 0}, 3)).containsExactly(1, 0);
    }
}

package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.Probabilities;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemperatureSearchTest {
    @Test
    void shouldMakeAnswersAsSureAsTheyAreRight() {
        // Given two logits, one 3 above the other, of which the higher is right about three in four
        Answers answers = Answers.of(new SureOf(3), coins(4000, 4));

        // When
        double temperature = TemperatureSearch.over(answers).value();

        // Then what is as sure is right as often: odds of three to one are a distance of ln 3
        assertThat(temperature).isCloseTo(3 / Math.log(3), within(0.0006));
        assertThat(answers.tempered(temperature).confidence(0)).isCloseTo(0.75, within(0.001));
    }

    @Test
    void shouldStayWithinReasonWhereNoAnswerIsWrongOrNoneTellsAnything() {
        Answers allRight = Answers.of(new SureOf(3), coins(100, 101));
        Answers halfRight = Answers.of(new SureOf(3), coins(100, 2));

        assertThat(TemperatureSearch.over(allRight).value()).isCloseTo(0.25, within(0.001));
        assertThat(TemperatureSearch.over(halfRight).value()).isCloseTo(4, within(0.001));
    }

    @Test
    void shouldSurviveAnswersThatAreSureOfWhatIsWrong() {
        // Given: every fourth of them is wrong, and was given no probability at all
        Answers answers = Answers.of(new SureOf(200), coins(400, 4));

        assertThat(TemperatureSearch.over(answers).value()).isCloseTo(4, within(0.001));
    }

    @Test
    void shouldLeaveANetworkAsItIsThatFewImagesTellAbout() {
        Answers allRight = Answers.of(new SureOf(3), coins(49, 50));

        assertThat(TemperatureSearch.over(allRight)).isEqualTo(Temperature.NONE);
    }

    /** Images of one pixel; every n-th is of class 1, the others of class 0. */
    private static LabelledImages coins(int images, int n) {
        byte[] labels = new byte[images];
        for (int i = n - 1; i < images; i += n) {
            labels[i] = 1;
        }
        return LabelledImages.of(1, 1, List.of("heads", "tails"), new byte[images], labels);
    }

    /** Says heads, whatever it sees. */
    private record SureOf(float logit) implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            float[][] rows = new float[n][];
            for (int i = 0; i < n; i++) {
                rows[i] = Probabilities.softmax(new float[] {logit, 0}, 0, 2);
            }
            return rows;
        }

        @Override
        public void close() {}
    }
}

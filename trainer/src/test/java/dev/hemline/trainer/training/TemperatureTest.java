package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.Softmax;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @Test
    void shouldMakeAnswersAsSureAsTheyAreRight() {
        // Given two logits, one 3 above the other, of which the higher is right about three in four
        Answers answers = Answers.of(new SureOf(3), coins(4000, 4));

        // When
        double temperature = Temperature.fitting(answers).value();

        // Then what is as sure is right as often: odds of three to one are a distance of ln 3
        assertThat(temperature).isCloseTo(3 / Math.log(3), within(0.001));
        assertThat(answers.tempered(temperature).confidence(0)).isCloseTo(0.75, within(0.001));
    }

    @Test
    void shouldStayWithinReasonWhereNoAnswerIsWrongOrNoneTellsAnything() {
        Answers allRight = Answers.of(new SureOf(3), coins(40, 41));
        Answers halfRight = Answers.of(new SureOf(3), coins(40, 2));

        assertThat(Temperature.fitting(allRight).value()).isCloseTo(0.25, within(0.001));
        assertThat(Temperature.fitting(halfRight).value()).isCloseTo(4, within(0.001));
    }

    @Test
    void shouldServeWhatItFitted() {
        // Given a network, and what it would say if its logits were divided by 2
        ServingModel network = ServingModel.of(TINY, Weights.initial(TINY, 3), PixelStatistics.of(IMAGES));
        Answers halved = network.answers(IMAGES).tempered(2);

        // When its archive is written so
        Answers served = network.at(new Temperature(2)).answers(IMAGES);

        // Then it says so
        for (int i = 0; i < IMAGES.size(); i++) {
            assertThat(served.predicted(i)).isEqualTo(halved.predicted(i));
            assertThat(served.confidence(i)).isCloseTo(halved.confidence(i), within(1e-5));
        }
        assertThat(served.confidence(0)).isNotCloseTo(network.answers(IMAGES).confidence(0), within(1e-3));
    }

    @Test
    void shouldBeToldAndHeard() {
        Map<String, String> training = new HashMap<>();
        new Temperature(0.625).tell(training);

        assertThat(Temperature.of(training)).isEqualTo(new Temperature(0.625));
        assertThat(Temperature.of(Map.of())).isEqualTo(Temperature.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "warm", ""})
    void shouldRefuseWhatIsNoTemperature(String told) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Temperature.of(Map.of("temperature", told)))
                .withMessageContaining("above 0");
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
                rows[i] = Softmax.of(new float[] {logit, 0}, 0, 2);
            }
            return rows;
        }

        @Override
        public void close() {}
    }
}

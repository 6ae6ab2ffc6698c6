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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @Test
    void shouldBeServedByDividingTheLastLayer() {
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

        assertThat(Temperature.of(training)).contains(new Temperature(0.625));
        assertThat(Temperature.of(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "warm", ""})
    void shouldRefuseWhatIsNoTemperature(String told) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Temperature.of(Map.of("logitTemperature", told)))
                .withMessageContaining("above 0");
    }
}

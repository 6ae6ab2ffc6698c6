package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmaWeightsTest {

    @Test
    void shouldForgetTheStartAtOnce() {
        EmaWeights average = new EmaWeights(weights(100), 0);

        average.add(weights(1));

        assertThat(valueOf(average)).isEqualTo(1);
    }

    @Test
    void shouldFollowSlowlyLaterOn() {
        EmaWeights average = new EmaWeights(weights(0), 0);
        for (int i = 0; i < 20; i++) {
            average.add(weights(1));
        }

        average.add(weights(2));

        assertThat(valueOf(average)).isCloseTo(1.2f, within(1e-6f));
    }

    @Test
    void shouldGoOnFromACountAsIfItHadCounted() {
        EmaWeights whole = new EmaWeights(weights(0), 0);
        whole.add(weights(1));
        whole.add(weights(2));
        EmaWeights goingOn = new EmaWeights(whole.value(), whole.count());

        whole.add(weights(3));
        goingOn.add(weights(3));

        assertThat(valueOf(goingOn)).isEqualTo(valueOf(whole));
    }

    private static Weights weights(float value) {
        return new Weights(Map.of("w", Tensor.parameter(List.of(1), new float[] {value})));
    }

    private static float valueOf(EmaWeights average) {
        return average.value().get("w").values()[0];
    }
}

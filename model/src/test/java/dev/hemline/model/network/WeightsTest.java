package dev.hemline.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @Test
    void shouldGiveTheSameNumbersForTheSameSeed() {
        assertThat(Weights.initial(TINY, 7)).isEqualTo(Weights.initial(TINY, 7));
        assertThat(Weights.initial(TINY, 7)).isNotEqualTo(Weights.initial(TINY, 8));
    }

    @Test
    void shouldSpreadConvolutionWeightsAsHeSays() {
        float[] weights = Weights.initial(TINY, 7).get("conv7_weight").values();

        double squares = 0;
        for (float weight : weights) {
            squares += weight * weight;
        }
        assertThat(Math.sqrt(squares / weights.length)).isCloseTo(Math.sqrt(2.0 / (64 * 9)), within(1e-3));
    }

    @Test
    void shouldTrainEverythingButRunningStatistics() {
        Weights weights = Weights.initial(TINY, 7);

        assertThat(weights.tensors().entrySet())
                .filteredOn(tensor -> !tensor.getValue().trainable())
                .extracting(Map.Entry::getKey)
                .hasSize(14)
                .allMatch(name -> name.contains("_running_"));
    }

    @Test
    void shouldTakeRolesAndOrderFromTheNetwork() {
        Map<String, Tensor> reversed = new LinkedHashMap<>();
        Weights.initial(TINY, 7).tensors().entrySet().stream()
                .sorted(Map.Entry.<String, Tensor>comparingByKey().reversed())
                .forEach(entry -> reversed.put(
                        entry.getKey(),
                        Tensor.buffer(entry.getValue().shape(), entry.getValue().values())));

        Weights fitting = new Weights(reversed).fitting(TINY);

        assertThat(fitting).isEqualTo(Weights.initial(TINY, 7));
        assertThat(fitting.tensors().keySet())
                .containsExactlyElementsOf(
                        TINY.tensors().stream().map(TensorSpec::name).toList());
    }

    @Test
    void shouldNameTheTensorThatDoesNotFit() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Weights.initial(TINY, 7).tensors());
        tensors.put("linear1_bias", Tensor.parameter(List.of(9), new float[9]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Weights(tensors).fitting(TINY))
                .withMessage("network tiny needs linear1_bias of shape [10], got [9]");
    }
}

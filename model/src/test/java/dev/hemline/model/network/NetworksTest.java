package dev.hemline.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Layer.Residual;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
    private static final Dimensions GREY_28 = new Dimensions(1, 28, 28);

    @ParameterizedTest
    @CsvSource({"tiny, 100_000, 20_000_000", "base, 400_000, 60_000_000", "large, 800_000, 120_000_000"})
    void shouldKeepEachNetworkAsSmallAndCheapAsItsNameSays(String name, String parameters, String operations) {
        Network network = Networks.named(name, GREY_28, 10);

        assertThat(network.parameters()).isLessThan(Long.parseLong(parameters.replace("_", "")));
        assertThat(network.operations()).isLessThan(Long.parseLong(operations.replace("_", "")));
        assertThat(network.outputs()).isEqualTo(10);
    }

    @Test
    void shouldBuildTinyForOtherPictures() {
        Network tiny = Networks.named("tiny", new Dimensions(3, 64, 64), 4);

        assertThat(tiny.tensors().get(0).shape()).containsExactly(16, 3, 3, 3);
        assertThat(tiny.outputs()).isEqualTo(4);
    }

    @Test
    void shouldListTheNetworksWhenNameIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("huge", GREY_28, 10))
                .withMessage("unknown network huge; there is: base, large, tiny");
    }

    @Test
    void shouldNameTheLayerThatCannotTakeWhatComesIn() {
        List<Layer> layers = List.of(new Conv2d(4, 3), new Linear(10));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network("flat", GREY_28, layers))
                .withMessageContaining("network flat, layer linear1 after 4x28x28");
    }

    @Test
    void shouldCountOperationsByHand() {
        Network network = new Network(
                "small",
                new Dimensions(2, 5, 5),
                List.of(new Conv2d(4, 3, 2, true), new MaxPool(3), new GlobalAveragePool(), new Linear(10)));

        // 3 x 3 places, 4 maps, windows of 3 x 3 x 2; then 4 inputs to 10 outputs; each a product and a sum.
        assertThat(network.operations()).isEqualTo(2 * (9 * 4 * 18) + 2 * 4 * 10);
        assertThat(network.parameters()).isEqualTo(4 * 18 + 4 + 4 * 10 + 10);
        assertThat(network.placed())
                .extracting(PlacedLayer::name)
                .containsExactly("conv1", "pool1", "average1", "linear1");
    }

    @Test
    void shouldCountWhatIsInsideAResidual() {
        Layer residual = new Residual(List.of(new Conv2d(2, 3), new Relu(), new Conv2d(2, 3)));
        Network network =
                new Network("nested", new Dimensions(2, 5, 5), List.of(new Conv2d(2, 3), residual, new Conv2d(2, 1)));

        assertThat(network.parameters()).isEqualTo(3 * (2 * 18) + 2 * 2);
        assertThat(network.operations()).isEqualTo(2 * (3 * (50 * 18) + 50 * 2));
        assertThat(network.placed().stream().flatMap(PlacedLayer::withBody))
                .extracting(PlacedLayer::name)
                .containsExactly("conv1", "residual1", "conv2", "relu1", "conv3", "conv4");
    }

    @Test
    void shouldRefuseAResidualWhoseBodyChangesTheSize() {
        List<Layer> layers = List.of(new Residual(List.of(new Conv2d(4, 3))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network("crooked", GREY_28, layers))
                .withMessageContaining("layer residual1 after 1x28x28")
                .withMessageContaining("4x28x28 does not add to 1x28x28");
    }
}

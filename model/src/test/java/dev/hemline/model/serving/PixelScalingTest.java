package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelScalingTest {

    @Test
    void shouldScaleEachChannelByItsOwnMeanAndDeviation() {
        ModelInput input = new ModelInput(3, 1, 1, List.of(0f, 0.5f, 1f), List.of(1f, 0.5f, 2f), false);

        assertThat(scaled(input, 255, 0, 51)).containsExactly(new float[] {1f, -1f, -0.4f}, within(1e-6f));
    }

    @Test
    void shouldInvertFirstWhenAskedFor() {
        ModelInput input = new ModelInput(1, 1, 2, List.of(0f), List.of(1f), true);

        assertThat(scaled(input, 255, 102)).containsExactly(new float[] {0f, 0.6f}, within(1e-6f));
    }

    @Test
    void shouldTurnLogitsIntoProbabilitiesHoweverLargeTheyAre() {
        float[] probabilities = Probabilities.softmax(new float[] {9f, 1000f, 1000f}, 1, 2);

        assertThat(probabilities).containsExactly(0.5f, 0.5f);
    }

    private static float[] scaled(ModelInput input, int... pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length);
        for (int pixel : pixels) {
            bytes.put((byte) pixel);
        }
        float[] values = new float[pixels.length];
        new PixelScaling(input).scale(bytes.flip(), 1, FloatBuffer.wrap(values));
        return values;
    }
}

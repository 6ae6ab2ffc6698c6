package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final int WIDTH = 28;

    private final byte[] original = new byte[WIDTH * WIDTH];
    private final byte[] variant = new byte[WIDTH * WIDTH];

    @Test
    void shouldMoveAPixelAndFillUpWithBackground() {
        original[10 * WIDTH + 5] = 99;

        Augmentation.move(original, variant, 0, false, 2, -1);

        assertThat(variant[9 * WIDTH + 7]).isEqualTo((byte) 99);
        assertThat(brightPixels()).isEqualTo(1);
    }

    @Test
    void shouldMirrorBeforeMoving() {
        original[10 * WIDTH + 5] = 99;

        Augmentation.move(original, variant, 0, true, 1, 0);

        assertThat(variant[10 * WIDTH + (WIDTH - 1 - 5) + 1]).isEqualTo((byte) 99);
    }

    @Test
    void shouldMakeTheSameVariantsFromTheSameSeed() {
        new SplittableRandom(1).nextBytes(original);
        byte[] again = new byte[original.length];

        Augmentation.vary(original, variant, 0, new SplittableRandom(5));
        Augmentation.vary(original, again, 0, new SplittableRandom(5));

        assertThat(again).isEqualTo(variant);
    }

    private int brightPixels() {
        int bright = 0;
        for (byte pixel : variant) {
            bright += pixel == 0 ? 0 : 1;
        }
        return bright;
    }
}

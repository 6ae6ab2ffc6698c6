package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    private static final int WIDTH = 30;
    private static final int HEIGHT = 20;

    private final byte[] original = new byte[WIDTH * HEIGHT];
    private final byte[] variant = new byte[WIDTH * HEIGHT];

    @Test
    void shouldMoveAPixelAndFillUpWithBackground() {
        original[10 * WIDTH + 5] = 99;

        augmenter(Augmentation.NONE).move(original, variant, 0, false, 2, -1);

        assertThat(variant[9 * WIDTH + 7]).isEqualTo((byte) 99);
        assertThat(brightPixels()).isEqualTo(1);
    }

    @Test
    void shouldMirrorBeforeMoving() {
        original[10 * WIDTH + 5] = 99;

        augmenter(Augmentation.NONE).move(original, variant, 0, true, 1, 0);

        assertThat(variant[10 * WIDTH + (WIDTH - 1 - 5) + 1]).isEqualTo((byte) 99);
    }

    @Test
    void shouldLeaveAnImageAloneWhenNothingIsAskedFor() {
        new SplittableRandom(1).nextBytes(original);

        augmenter(Augmentation.NONE).vary(original, variant, 0, new SplittableRandom(5));

        assertThat(variant).isEqualTo(original);
    }

    @Test
    void shouldEraseOneRectangleOfLimitedSize() {
        for (int seed = 0; seed < 200; seed++) {
            augmenter(new Augmentation(false, 0, 0, 1)).vary(original, variant, 0, new SplittableRandom(seed));

            // A random byte is zero, which here is also background, once in 256 times.
            assertThat(brightPixels())
                    .as("pixels erased with seed " + seed)
                    .isBetween((int) (0.01 * variant.length), (int) (0.28 * variant.length));
        }
    }

    @Test
    void shouldMakeTheSameVariantsFromTheSameSeed() {
        new SplittableRandom(1).nextBytes(original);
        byte[] again = new byte[original.length];
        Augmentation all = new Augmentation(true, 3, 10, 0.5);

        augmenter(all).vary(original, variant, 0, new SplittableRandom(5));
        augmenter(all).vary(original, again, 0, new SplittableRandom(5));

        assertThat(again).isEqualTo(variant).isNotEqualTo(original);
    }

    private static Augmenter augmenter(Augmentation augmentation) {
        return new Augmenter(augmentation, WIDTH, HEIGHT);
    }

    private int brightPixels() {
        int bright = 0;
        for (byte pixel : variant) {
            bright += pixel == 0 ? 0 : 1;
        }
        return bright;
    }
}

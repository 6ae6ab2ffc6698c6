package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final int SIZE = 21;
    private static final int CENTRE = 10;

    private final Augmenter augmenter = new Augmenter(Augmentation.NONE, SIZE, SIZE);
    private final byte[] original = new byte[SIZE * SIZE];
    private final byte[] turned = new byte[SIZE * SIZE];

    @Test
    void shouldTurnClockwiseAboutTheCentre() {
        // Given a bright pixel above the centre
        original[(CENTRE - 4) * SIZE + CENTRE] = (byte) 200;

        augmenter.turn(original, turned, 90);

        // Then it lies to the right of it, as bright as before, and nothing else does
        assertThat(turned[CENTRE * SIZE + CENTRE + 4]).isEqualTo((byte) 200);
        assertThat(brightness(turned)).isEqualTo(200);
    }

    @Test
    void shouldLeaveAnImageAloneAtNoAngle() {
        new SplittableRandom(1).nextBytes(original);

        augmenter.turn(original, turned, 0);

        assertThat(turned).isEqualTo(original);
    }

    @Test
    void shouldShareAPixelsBrightnessAmongThoseAroundIt() {
        original[CENTRE * SIZE + CENTRE + 6] = (byte) 240;

        augmenter.turn(original, turned, 5);

        // Then no brightness is lost but by rounding, and it moved down, for clockwise is down on the right
        assertThat(brightness(turned)).isBetween(232, 248);
        assertThat(turned[(CENTRE + 1) * SIZE + CENTRE + 6]).isNotZero();
    }

    @Test
    void shouldFillUpWithBackground() {
        Arrays.fill(original, (byte) 255);

        augmenter.turn(original, turned, 45);

        assertThat(turned[0]).isZero();
        assertThat(turned[CENTRE * SIZE + CENTRE]).isEqualTo((byte) 255);
    }

    private static int brightness(byte[] image) {
        int sum = 0;
        for (byte pixel : image) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return sum;
    }
}

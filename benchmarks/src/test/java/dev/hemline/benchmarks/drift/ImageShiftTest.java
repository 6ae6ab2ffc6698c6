package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageShiftTest {
    private static final int SIDE = 28;

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void shouldLeaveAPictureAsItIsWhereNothingIsToBeDone() {
        byte[] picture = FashionMnistFixture.load().test().image(4);

        assertThat(new ImageShift(0, 0, 0, 0, false, false).apply(picture, SIDE, SIDE, random))
                .isEqualTo(picture);
    }

    @Test
    void shouldMoveNoFurtherThanItMay() {
        ImageShift shift = new ImageShift(0, 0.2, 0, 0, false, false);
        byte[] picture = dot(14, 14);

        double furthest = 0;
        for (int i = 0; i < 300; i++) {
            byte[] moved = shift.apply(picture, SIDE, SIDE, random);
            furthest = Math.max(
                    furthest, Math.max(Math.abs(centre(moved, false) - 14), Math.abs(centre(moved, true) - 14)));
        }

        // A fifth of 28 pixels is 5.6.
        assertThat(furthest).isBetween(5.0, 5.61);
    }

    @Test
    void shouldTurnNoFurtherThanItMayAndBothWays() {
        ImageShift shift = new ImageShift(40, 0, 0, 0, false, false);
        byte[] picture = dot(22, 13);

        double least = 0;
        double most = 0;
        for (int i = 0; i < 300; i++) {
            byte[] turned = shift.apply(picture, SIDE, SIDE, random);
            double angle = Math.toDegrees(Math.atan2(centre(turned, true) - 13.5, centre(turned, false) - 13.5));
            least = Math.min(least, angle);
            most = Math.max(most, angle);
        }

        // The dot itself is 3 degrees off the axis.
        assertThat(least).isBetween(-45.0, -38.0);
        assertThat(most).isBetween(32.0, 42.0);
    }

    @Test
    void shouldMirrorHalfOfThem() {
        ImageShift shift = new ImageShift(0, 0, 0, 0, true, false);
        byte[] picture = dot(5, 9);

        int mirrored = 0;
        for (int i = 0; i < 400; i++) {
            byte[] shifted = shift.apply(picture, SIDE, SIDE, random);
            assertThat(shifted).isIn(picture, dot(SIDE - 1 - 5, 9));
            mirrored += Arrays.equals(shifted, picture) ? 0 : 1;
        }

        assertThat(mirrored).isBetween(150, 250);
    }

    @Test
    void shouldLetTheEdgeGoOnOutside() {
        byte[] grey = new byte[SIDE * SIDE];
        Arrays.fill(grey, (byte) 200);

        assertThat(new ImageShift(90, 0.4, 0.3, 0.4, true, true).apply(grey, SIDE, SIDE, random))
                .isEqualTo(grey);
    }

    private static byte[] dot(int x, int y) {
        byte[] picture = new byte[SIDE * SIDE];
        picture[y * SIDE + x] = (byte) 255;
        return picture;
    }

    private static double centre(byte[] picture, boolean down) {
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < picture.length; i++) {
            int grey = Byte.toUnsignedInt(picture[i]);
            sum += grey;
            weighted += (double) grey * (down ? i / SIDE : i % SIDE);
        }
        return weighted / sum;
    }
}

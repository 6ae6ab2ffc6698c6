package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    private static final int SIZE = 21;
    private static final int CENTRE = 10;

    private final byte[] original = new byte[SIZE * SIZE];

    @Test
    void shouldTurnClockwiseAboutTheCentre() {
        // Given a bright pixel above the centre
        original[(CENTRE - 4) * SIZE + CENTRE] = (byte) 200;

        byte[] turned = of(Corruption.rotate(90));

        // Then it lies to the right of it, as bright as before, and nothing else does
        assertThat(turned[CENTRE * SIZE + CENTRE + 4]).isEqualTo((byte) 200);
        assertThat(brightness(turned)).isEqualTo(200);
    }

    @Test
    void shouldLeaveAnImageAloneAtNoAngle() {
        new SplittableRandom(1).nextBytes(original);

        byte[] turned = of(Corruption.rotate(0));

        assertThat(turned).isEqualTo(original);
    }

    @Test
    void shouldShareAPixelsBrightnessAmongThoseAroundIt() {
        original[CENTRE * SIZE + CENTRE + 6] = (byte) 240;

        byte[] turned = of(Corruption.rotate(5));

        // Then no brightness is lost but by rounding, and it moved down, for clockwise is down on the right
        assertThat(brightness(turned)).isBetween(232, 248);
        assertThat(turned[(CENTRE + 1) * SIZE + CENTRE + 6]).isNotZero();
    }

    @Test
    void shouldFillUpWithBackground() {
        Arrays.fill(original, (byte) 255);

        byte[] turned = of(Corruption.rotate(45));

        assertThat(turned[0]).isZero();
        assertThat(turned[CENTRE * SIZE + CENTRE]).isEqualTo((byte) 255);
    }

    @Test
    void shouldSaturateAtWhiteWhenBrighter() {
        pixels(0, 100, 214, 215, 216, 255);

        assertThat(Arrays.copyOf(of(Corruption.brighter(40)), 6)).isEqualTo(bytes(40, 140, 254, 255, 255, 255));
    }

    @Test
    void shouldLeaveAShareOfTheBrightnessWhenDarker() {
        pixels(0, 1, 100, 255);

        assertThat(Arrays.copyOf(of(Corruption.darker(0.5)), 4)).isEqualTo(bytes(0, 1, 50, 128));
        assertThat(brightness(of(Corruption.darker(0)))).isZero();
    }

    @Test
    void shouldAddNoiseOfTheStandardDeviationAskedFor() {
        Arrays.fill(original, (byte) 128);

        byte[] noisy = Corruption.noise(20).apply(original, SIZE, SIZE, new SplittableRandom(1));

        double mean = (double) brightness(noisy) / noisy.length;
        double squares = 0;
        for (byte pixel : noisy) {
            squares += Math.pow(Byte.toUnsignedInt(pixel) - mean, 2);
        }
        assertThat(mean).isCloseTo(128, within(3.0));
        assertThat(Math.sqrt(squares / noisy.length)).isCloseTo(20, within(2.0));
        assertThat(Corruption.noise(20).apply(original, SIZE, SIZE, new SplittableRandom(1)))
                .as("with the same chance")
                .isEqualTo(noisy);
    }

    @Test
    void shouldKeepTheBrightnessWhenBlurring() {
        original[CENTRE * SIZE + CENTRE] = (byte) 250;

        byte[] blurred = of(Corruption.blur(1));

        // Then the middle of a Gaussian of one pixel holds 1 / 2π of it
        assertThat(Byte.toUnsignedInt(blurred[CENTRE * SIZE + CENTRE])).isCloseTo(40, within(1));
        assertThat(brightness(blurred)).isCloseTo(250, within(10));
        assertThat(blurred[CENTRE * SIZE + CENTRE - 1]).isEqualTo(blurred[(CENTRE + 1) * SIZE + CENTRE]);
    }

    @Test
    void shouldNotDarkenTheEdgesOfWhatIsBlurred() {
        Arrays.fill(original, (byte) 200);

        assertThat(of(Corruption.blur(3))).isEqualTo(original);
    }

    @Test
    void shouldShiftToTheRightAndDown() {
        original[CENTRE * SIZE + CENTRE] = (byte) 200;

        byte[] shifted = of(Corruption.shift(4, -2));

        assertThat(shifted[(CENTRE - 2) * SIZE + CENTRE + 4]).isEqualTo((byte) 200);
        assertThat(brightness(shifted)).isEqualTo(200);
    }

    @Test
    void shouldZoomAboutTheCentre() {
        original[CENTRE * SIZE + CENTRE + 3] = (byte) 200;

        byte[] larger = of(Corruption.zoom(2));

        assertThat(larger[CENTRE * SIZE + CENTRE + 6]).isEqualTo((byte) 200);
        assertThat(brightness(larger)).as("four times the area").isCloseTo(800, within(4));
    }

    @Test
    void shouldBeThePictureAgainWhenInvertedOrFlippedTwice() {
        new SplittableRandom(1).nextBytes(original);

        assertThat(apply(Corruption.invert(), of(Corruption.invert()))).isEqualTo(original);
        assertThat(apply(Corruption.flip(), of(Corruption.flip()))).isEqualTo(original);
    }

    @Test
    void shouldPutTheTopLeftCornerBelow() {
        original[0] = 9;

        assertThat(of(Corruption.flip())[(SIZE - 1) * SIZE]).isEqualTo((byte) 9);
        assertThat(of(Corruption.invert())[0]).isEqualTo((byte) 246);
    }

    @Test
    void shouldLoseMoreOfAPictureTheLowerTheQualityOfItsJpeg() {
        byte[] coat = FashionMnistFixture.load().test().image(7);

        double best = difference(coat, Corruption.jpeg(100));
        double worst = difference(coat, Corruption.jpeg(10));

        assertThat(best).isLessThan(1);
        assertThat(worst).isBetween(4.0, 30.0);
    }

    @Test
    void shouldBefallTheShareAskedFor() {
        var chance = new SplittableRandom(1);
        Corruption some = Corruption.invert().befalling(0.3);

        long changed = IntStream.range(0, 1_000)
                .filter(i -> some.apply(original, SIZE, SIZE, chance) != original)
                .count();

        assertThat(changed).isBetween(250L, 350L);
    }

    @Test
    void shouldLeaveThePictureItWasGivenAsItWas() {
        new SplittableRandom(1).nextBytes(original);
        byte[] before = original.clone();

        for (Corruption corruption : List.of(
                Corruption.brighter(40),
                Corruption.darker(0.5),
                Corruption.noise(50),
                Corruption.blur(1),
                Corruption.rotate(15),
                Corruption.shift(4, 0),
                Corruption.zoom(1.3),
                Corruption.invert(),
                Corruption.flip(),
                Corruption.jpeg(10))) {
            assertThat(of(corruption)).isNotEqualTo(original);
        }

        assertThat(original).isEqualTo(before);
    }

    private byte[] of(Corruption corruption) {
        return apply(corruption, original);
    }

    private static byte[] apply(Corruption corruption, byte[] pixels) {
        return corruption.apply(pixels, SIZE, SIZE, new SplittableRandom(5));
    }

    private static double difference(byte[] picture, Corruption corruption) {
        byte[] changed = corruption.apply(picture, FashionMnist.WIDTH, FashionMnist.HEIGHT, new SplittableRandom(5));
        double sum = 0;
        for (int i = 0; i < picture.length; i++) {
            sum += Math.abs(Byte.toUnsignedInt(picture[i]) - Byte.toUnsignedInt(changed[i]));
        }
        return sum / picture.length;
    }

    private void pixels(int... first) {
        System.arraycopy(bytes(first), 0, original, 0, first.length);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static int brightness(byte[] image) {
        int sum = 0;
        for (byte pixel : image) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return sum;
    }
}

package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMomentsTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().train();
    /** Those at even places are as good a sample as those at odd ones. */
    private static final ImageMoments EVEN = moments(0, Corruption.none());

    private static ImageMoments moments(int first, Corruption change) {
        int[] places = EpochOrder.shuffled(IMAGES.size()).draw(new SplittableRandom(1));
        int[] half = IntStream.range(0, places.length)
                .filter(i -> i % 2 == first)
                .map(i -> places[i])
                .toArray();
        return ImageMoments.of(IMAGES, half, change, new SplittableRandom(1));
    }

    @Test
    void shouldFindNothingBetweenASetAndItself() {
        assertThat(EVEN.distance(moments(0, Corruption.none()))).isZero();
    }

    @Test
    void shouldFindLittleBetweenTwoSetsOfTheSame() {
        assertThat(EVEN.distance(moments(1, Corruption.none()))).isLessThan(1);
    }

    @Test
    void shouldFindTheSameInBothDirections() {
        ImageMoments noisy = moments(1, Corruption.noise(20));

        assertThat(EVEN.distance(noisy)).isCloseTo(noisy.distance(EVEN), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {20, 60})
    void shouldSeeBrightness(double levels) {
        assertThat(EVEN.distance(moments(1, Corruption.brighter(levels)))).isGreaterThan(3);
    }

    @Test
    void shouldFindMoreTheMoreImagesHaveTurned() {
        double little = EVEN.distance(moments(1, Corruption.rotate(10)));
        double much = EVEN.distance(moments(1, Corruption.rotate(45)));

        assertThat(little).isGreaterThan(1.5);
        assertThat(much).isGreaterThan(2 * little);
    }

    @Test
    void shouldTellWhatNeverVariesApart() {
        LabelledImages black = LabelledImages.of(new byte[2 * 784], new byte[2]);
        byte[] grey = new byte[2 * 784];
        Arrays.fill(grey, (byte) 100);
        int[] both = {0, 1};
        var random = new SplittableRandom(1);
        ImageMoments none = ImageMoments.of(black, both, Corruption.none(), random);

        assertThat(none.distance(ImageMoments.of(black, both, Corruption.none(), random)))
                .isZero();
        assertThat(none.distance(
                        ImageMoments.of(LabelledImages.of(grey, new byte[2]), both, Corruption.none(), random)))
                .isGreaterThan(100);
    }
}

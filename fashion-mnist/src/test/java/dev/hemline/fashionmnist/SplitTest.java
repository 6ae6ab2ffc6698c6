package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final Dataset DATASET = numbered(1_200);

    @Test
    void shouldTakeOneInTwelveOfEveryClassForValidation() {
        Split split = DATASET.split(1);

        assertThat(split.train().size()).isEqualTo(1_100);
        assertThat(split.validation().size()).isEqualTo(100);
        assertThat(split.test()).isSameAs(DATASET.test());
        assertThat(perClass(split.validation())).containsOnly(10);
        assertThat(perClass(split.train())).containsOnly(110);
    }

    @Test
    void shouldPutEveryImageIntoExactlyOneSet() {
        Split split = DATASET.split(1);

        Set<Integer> all = numbers(split.train());
        all.addAll(numbers(split.validation()));
        assertThat(all).hasSize(1_200);
    }

    @Test
    void shouldDrawTheSameImagesWithTheSameSeed() {
        assertThat(numbers(DATASET.split(7).validation()))
                .isEqualTo(numbers(DATASET.split(7).validation()));
    }

    @Test
    void shouldDrawOtherImagesWithAnotherSeed() {
        assertThat(numbers(DATASET.split(7).validation()))
                .isNotEqualTo(numbers(DATASET.split(8).validation()));
    }

    @Test
    void shouldJudgeSmallClassesToo() {
        Split split = Dataset.holdingOut(Datasets.images(30), 1).split(1);

        assertThat(perClass(split.train())).containsOnly(1);
        assertThat(perClass(split.validation())).containsOnly(1);
        assertThat(perClass(split.test())).containsOnly(1);
    }

    @Test
    void shouldHoldOutOneInSevenOfAHeapForTheTest() {
        Dataset dataset = Dataset.holdingOut(Datasets.images(700), 1);

        assertThat(perClass(dataset.test())).containsOnly(10);
        assertThat(perClass(dataset.train())).containsOnly(60);
    }

    /** Every image holds its own number in its first two pixels. */
    private static Dataset numbered(int count) {
        byte[] pixels = new byte[count * 784];
        byte[] labels = new byte[count];
        for (int index = 0; index < count; index++) {
            pixels[index * 784] = (byte) (index >> 8);
            pixels[index * 784 + 1] = (byte) index;
            labels[index] = (byte) (index % FashionMnist.CLASSES);
        }
        return new Dataset(LabelledImages.of(pixels, labels), Datasets.images(10));
    }

    private static Set<Integer> numbers(LabelledImages images) {
        Set<Integer> numbers = new HashSet<>();
        for (int index = 0; index < images.size(); index++) {
            byte[] image = images.image(index);
            numbers.add((image[0] & 0xff) << 8 | (image[1] & 0xff));
        }
        return numbers;
    }

    private static int[] perClass(LabelledImages images) {
        int[] counts = new int[FashionMnist.CLASSES];
        IntStream.range(0, images.size()).forEach(index -> counts[images.label(index)]++);
        return counts;
    }
}

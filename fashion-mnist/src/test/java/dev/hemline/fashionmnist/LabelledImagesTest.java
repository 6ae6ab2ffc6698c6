package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {

    private final LabelledImages images = Datasets.images(12);

    @Test
    void shouldCopyAnImageIntoABatch() {
        byte[] batch = new byte[2 * 784];

        images.copyImage(4, batch, 784);

        assertThat(batch[783]).isZero();
        assertThat(batch[784]).isEqualTo((byte) 5);
        assertThat(batch[2 * 784 - 1]).isEqualTo((byte) 5);
    }

    @Test
    void shouldSelectImagesInTheOrderAskedFor() {
        LabelledImages selected = images.select(new int[] {11, 3, 3});

        assertThat(selected.size()).isEqualTo(3);
        assertThat(selected.label(0)).isEqualTo(1);
        assertThat(selected.image(0)).containsOnly(12);
        assertThat(selected.image(2)).containsOnly(4);
    }

    @Test
    void shouldTakeTheFirstImagesOrAllThereAre() {
        LabelledImages three = LabelledImages.of(new byte[3 * 784], new byte[] {5, 6, 7});

        assertThat(three.first(2).size()).isEqualTo(2);
        assertThat(three.first(2).label(1)).isEqualTo(6);
        assertThat(three.first(9).size()).isEqualTo(3);
    }

    @Test
    void shouldNotLetACallerChangeAnImage() {
        images.image(0)[0] = 99;

        assertThat(images.image(0)[0]).isEqualTo((byte) 1);
    }

    @Test
    void shouldRefuseAnIndexOutsideTheImages() {
        assertThatThrownBy(() -> images.image(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseALabelThatIsNoClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelledImages.of(new byte[784], new byte[] {10}))
                .withMessage("label 10 of image 0 is not between 0 and 9");
    }

    @Test
    void shouldRefusePixelsThatDoNotFitTheLabels() {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelledImages.of(new byte[785], new byte[1]));
    }

    @Test
    void shouldHaveTheSizeAndClassesThatItIsMadeWith() {
        LabelledImages wide = LabelledImages.of(
                3, 2, List.of("left", "right"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2}, new byte[] {1, 0});

        assertThat(wide.width()).isEqualTo(3);
        assertThat(wide.height()).isEqualTo(2);
        assertThat(wide.classNames()).containsExactly("left", "right");
        assertThat(wide.select(new int[] {1}).image(0)).containsExactly(7, 8, 9, 0, 1, 2);
    }

    @Test
    void shouldTakeAsManyClassesAsALabelCanTellApart() {
        List<String> names = IntStream.range(0, 256).mapToObj(String::valueOf).toList();

        LabelledImages dot = LabelledImages.of(1, 1, names, new byte[1], new byte[] {(byte) 200});

        assertThat(dot.label(0)).isEqualTo(200);
    }
}

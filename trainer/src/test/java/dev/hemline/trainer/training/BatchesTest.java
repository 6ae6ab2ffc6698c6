package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @Test
    void shouldDealEveryClassAsOftenAsItIsThere() {
        Batches batches = new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 50, 3);

        List<Integer> labels = labelsOf(batches, 1);

        assertThat(labels).hasSize(200);
        assertThat(labels.stream().filter(label -> label == 4)).hasSize(20);
    }

    @Test
    void shouldDealTheSameForTheSameSeedAndEpochOnly() {
        assertThat(labelsOf(new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 50, 3), 1))
                .isEqualTo(
                        labelsOf(new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 50, 3), 1))
                .isNotEqualTo(
                        labelsOf(new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 50, 3), 2))
                .isNotEqualTo(
                        labelsOf(new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 50, 4), 1));
    }

    @Test
    void shouldLeaveOutTheRestThatFillsNoBatch() {
        Batches batches = new Batches(IMAGES, EpochOrder.shuffled(IMAGES.size()), Augmentation.NONE, 64, 3);

        assertThat(batches.perEpoch()).isEqualTo(3);
        assertThat(labelsOf(batches, 1)).hasSize(3 * 64);
    }

    private static List<Integer> labelsOf(Batches batches, int epoch) {
        List<Integer> labels = new ArrayList<>();
        batches.startEpoch(epoch);
        Batch batch = batches.newBatch();
        while (batches.fill(batch)) {
            for (int label : batch.labels()) {
                labels.add(label);
            }
        }
        return labels;
    }
}

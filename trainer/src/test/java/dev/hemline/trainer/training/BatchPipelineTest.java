package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchPipelineTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @Test
    void shouldDealWhatWouldBeDealtWithoutIt() {
        Batches direct = batches();
        Batch expected = direct.newBatch();
        try (BatchPipeline pipeline = new BatchPipeline(batches(), 3, 4)) {
            for (int epoch = 3; epoch <= 4; epoch++) {
                direct.startEpoch(epoch);
                while (direct.fill(expected)) {
                    Batch batch = pipeline.take();
                    assertThat(batch.labels()).isEqualTo(expected.labels());
                    assertThat(batch.pixels()).isEqualTo(expected.pixels());
                    pipeline.release(batch);
                }
            }
        }
    }

    @Test
    void shouldFillTheSameFewBatchesAgainAndAgain() {
        Set<Batch> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        try (BatchPipeline pipeline = new BatchPipeline(batches(), 1, 10)) {
            for (int i = 0; i < 10 * batches().perEpoch(); i++) {
                Batch batch = pipeline.take();
                seen.add(batch);
                pipeline.release(batch);
            }
        }

        assertThat(seen).hasSize(4);
    }

    private static Batches batches() {
        return new Batches(IMAGES, new Augmentation(true, 2, 5, 0.5), 16, 5);
    }
}

package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.trainer.CrossValidation.Summary;
import dev.hemline.trainer.CrossValidation.Summary.Fold;
import dev.hemline.trainer.training.Recipes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @Test
    void shouldGiveEachPartTheSameShareOfEveryClass() {
        Folds folds = Folds.of(IMAGES, 4, 1);

        for (int part = 0; part < 4; part++) {
            LabelledImages held = folds.only(part);
            assertThat(folds.allBut(part).size()).isEqualTo(150);
            assertThat(IntStream.range(0, held.size()).filter(i -> held.label(i) == 7))
                    .hasSize(5);
        }
    }

    @Test
    void shouldHoldOutEveryImageOnce() {
        Folds folds = Folds.of(IMAGES, 3, 1);

        assertThat(IntStream.range(0, 3).map(part -> folds.only(part).size()).sum())
                .isEqualTo(IMAGES.size());
        assertThat(folds.partOf()).containsOnly(0, 1, 2).hasSize(IMAGES.size());
    }

    @Test
    void shouldDealTheSameForTheSameSeedOnly() {
        assertThat(Folds.of(IMAGES, 5, 1).partOf())
                .isEqualTo(Folds.of(IMAGES, 5, 1).partOf())
                .isNotEqualTo(Folds.of(IMAGES, 5, 2).partOf());
    }

    @Test
    void shouldSumUpAsStatisticiansDo() {
        List<Fold> folds = List.of(new Fold(2, 1, 0.90, 0.3), new Fold(2, 1, 0.92, 0.3), new Fold(2, 1, 0.94, 0.3));

        Summary summary = Summary.of(Recipes.of("tiny"), 1, folds);

        assertThat(summary.mean()).isCloseTo(0.92, within(1e-12));
        assertThat(summary.deviation()).isCloseTo(0.02, within(1e-12));
    }
}

package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Networks;
import dev.hemline.trainer.training.Distillation.Source;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private final List<EpochResult> history = new ArrayList<>();

    @Test
    void shouldNameTheFlagOfAValueThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRecipes.tiny(0, 64))
                .withMessage("--epochs is 1 to 10000, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Optimization(Optimizer.SGD, Double.NaN, 1, 0, 0, 0))
                .withMessage("--learning-rate is above 0 and at most 1, not NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRecipes.tiny(1, 64, -5, 0))
                .withMessage("--validate-every is 0 or more, not -5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Augmentation(true, 9, 0, 0))
                .withMessage("--shift is 0 to 8, not 9");
    }

    @Test
    void shouldReadAsBeforeThereWereTeachersWithoutOne() throws Exception {
        Recipe untaught = TestRecipes.tiny(1, 64);

        assertThat(untaught)
                .hasToString("Recipe[network=tiny, epochs=1, batchSize=64, optimization=" + untaught.optimization()
                        + ", augmentation=" + untaught.augmentation() + ", precision=FLOAT32, patience=0, seed=1,"
                        + " validateEvery=0, validationImages=0]");
        assertThat(new ObjectMapper().writeValueAsString(untaught)).doesNotContain("distillation");
    }

    @Test
    void shouldDifferInWordsWhateverDiffers() {
        Recipe taught = TestRecipes.taught(1, new Distillation(List.of(new Source("large", "00ff")), 0.5));

        assertThat(Arrays.stream(Recipe.class.getRecordComponents()).map(RecordComponent::getName))
                .allSatisfy(name -> assertThat(taught.toString()).contains(name + "="));
        assertThat(taught.toString()).endsWith("teachers=[Source[network=large, sha256=00ff]], weight=0.5]]");
    }

    @Test
    void shouldHaveARecipeForEveryNetwork() {
        assertThat(Networks.names())
                .allSatisfy(name -> assertThat(Recipes.of(name).network()).isEqualTo(name));
    }

    @Test
    void shouldUseShortNumbersOnlyWhereTheProcessorMultipliesThem() {
        List<String> with = List.of("model name : x", "flags\t\t: fpu avx512f avx512_bf16 sha_ni");
        List<String> without = List.of("flags\t\t: fpu avx2", "bugs : avx512_bf16");

        assertThat(Recipes.fastestPrecision(with)).isEqualTo(Precision.BFLOAT16);
        assertThat(Recipes.fastestPrecision(without)).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void shouldFindTheEpochThatValidatedBest() {
        add(0.5, 1.0);
        add(0.9, 0.4);
        add(0.9, 0.3);
        add(0.9, 0.3);
        add(0.8, 0.1);

        assertThat(EpochResult.best(history).epoch()).isEqualTo(3);
    }

    @Test
    void shouldLosePatienceAfterSoManyEpochsWithoutABetterOne() {
        add(0.9, 0.4);
        assertThat(patience(1).isOver(history)).isFalse();

        add(0.8, 0.4);
        assertThat(patience(1).isOver(history)).isTrue();
        assertThat(patience(2).isOver(history)).isFalse();

        add(0.91, 0.4);
        assertThat(patience(1).isOver(history)).isFalse();
    }

    @Test
    void shouldNeverLosePatienceWhenThereIsNoLimit() {
        add(0.9, 0.4);
        add(0.1, 0.4);

        assertThat(patience(0).isOver(history)).isFalse();
    }

    private void add(double accuracy, double loss) {
        int epoch = history.size() + 1;
        history.add(new EpochResult(epoch, epoch * 1000L, 0.1, 1, 0.5, loss, accuracy, 1));
    }

    private static Recipe patience(int epochs) {
        return TestRecipes.tiny(10, 64).withPatience(epochs);
    }
}

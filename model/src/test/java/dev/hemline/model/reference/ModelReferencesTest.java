package dev.hemline.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ModelReference;
import dev.hemline.event.ReferenceCell;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModelReferencesTest {
    private final float[][] answers = {{0.9f, 0.1f}, {0.6f, 0.4f}, {0.3f, 0.7f}, {0.2f, 0.8f}};
    private final int[] labels = {0, 1, 1, 1};

    @Test
    void shouldSumAnswersUpByTrueAndPredictedClass() {
        ModelReference reference = ModelReferences.of(answers, labels);

        assertThat(reference.getImages()).isEqualTo(4);
        assertThat(reference.getCells())
                .extracting(ReferenceCell::getActual, ReferenceCell::getPredicted, ReferenceCell::getImages)
                .containsExactly(tuple(0, 0, 1), tuple(1, 0, 1), tuple(1, 1, 2));
        assertThat(reference.getCells().get(2).getLogProbabilities().get(1))
                .isCloseTo((float) ((Math.log(0.7) + Math.log(0.8)) / 2), within(1e-6f));
        // About the means of those predicted 0, of which there are 0.9 and 0.6, and of those predicted 1.
        double half = (Math.log(0.9) - Math.log(0.6)) / 2;
        double other = (Math.log(0.3) - Math.log(0.2)) / 2;
        assertThat(reference.getCovariance()).hasSize(4);
        assertThat(reference.getCovariance().get(0))
                .isCloseTo((float) ((half * half + other * other) / 2), within(1e-6f));
    }

    @Test
    void shouldFindTheConfidenceThatAsManyAnswersHaveAsAreRight() {
        // Three of four are right, and three are at least 0.7 sure.
        assertThat(ModelReferences.of(answers, labels).getConfidenceThreshold()).isEqualTo(0.7f);
    }

    @Test
    void shouldGiveQuantilesByTrueClass() {
        ModelReference reference = ModelReferences.of(answers, labels);

        assertThat(reference.getQuantiles()).hasSize(2);
        assertThat(reference.getQuantiles().get(1).getConfidence())
                .hasSize(21)
                .startsWith(0.6f)
                .endsWith(0.8f);
        assertThat(reference.getQuantiles().get(1).getProbabilities().get(0))
                .startsWith(0.2f)
                .endsWith(0.6f);
    }

    @Test
    void shouldStaySmallWithAThousandClasses() {
        float[][] many = new float[50][1000];
        Arrays.stream(many).forEach(row -> Arrays.fill(row, 0.001f));

        ModelReference reference = ModelReferences.of(many, new int[50]);

        assertThat(reference.getCovariance()).hasSize(256);
        assertThat(reference.getQuantiles()).isEmpty();
    }

    @Test
    void shouldRefuseAnswersWithoutLabels() {
        assertThatThrownBy(() -> ModelReferences.of(answers, new int[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ModelReferences.of(new float[0][], new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.hemline.insight.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.insight.evaluate.ConfusionMatrix.ClassFigures;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void shouldCountWhatWasTakenForWhat() {
        // Given three trousers, one taken for a dress, and a dress taken for a trouser
        Answers answers = new GivenAnswers()
                .add(1, 1, 0.9)
                .add(1, 1, 0.8)
                .add(1, 3, 0.7)
                .add(3, 1, 0.6)
                .answers();

        // When
        ConfusionMatrix matrix = ConfusionMatrix.of(answers);

        // Then
        assertThat(matrix.count(1, 1)).isEqualTo(2);
        assertThat(matrix.count(1, 3)).isEqualTo(1);
        assertThat(matrix.count(3, 1)).isEqualTo(1);
        ClassFigures trouser = matrix.figures().get(1);
        assertThat(trouser.images()).isEqualTo(3);
        assertThat(trouser.precision()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(trouser.recall()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(trouser.f1()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(answers.accuracy()).isEqualTo(0.5);
    }

    @Test
    void shouldGiveZerosForAClassThatNeverCame() {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(new GivenAnswers().add(1, 1, 0.9).answers());

        assertThat(matrix.figures().get(5)).isEqualTo(new ClassFigures("Sandal", 0, 0, 0));
        assertThat(matrix.figures().get(5).f1()).isZero();
    }

    @Test
    void shouldFindNoCalibrationErrorWhereAnswersAreAsRightAsSure() {
        // Given four answers that are sure by 75 %, three of them right
        Answers answers = new GivenAnswers()
                .add(0, 0, 0.75)
                .add(0, 0, 0.75)
                .add(0, 0, 0.75)
                .add(0, 1, 0.75)
                .answers();

        assertThat(Calibration.of(answers).expectedError()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldWeighCalibrationErrorsByHowManyAnswersHaveThem() {
        // Given three answers, sure by 95 % and right, and one, sure by 55 % and wrong
        Answers answers = new GivenAnswers()
                .add(0, 0, 0.95)
                .add(0, 0, 0.95)
                .add(0, 0, 0.95)
                .add(0, 1, 0.55)
                .answers();

        // When
        Calibration calibration = Calibration.of(answers);

        // Then
        assertThat(calibration.expectedError()).isCloseTo((3 * 0.05 + 0.55) / 4, within(1e-6));
        assertThat(calibration.bins().get(9).answers()).isEqualTo(3);
        assertThat(calibration.bins().get(5).accuracy()).isZero();
    }

    @Test
    void shouldPutAnAnswerOfFullConfidenceIntoTheLastBin() {
        Calibration calibration =
                Calibration.of(new GivenAnswers().add(0, 0, 1.0).answers());

        assertThat(calibration.bins().get(9).answers()).isEqualTo(1);
    }

    @Test
    void shouldNameTheSurestMistakesFirst() {
        Answers answers = new GivenAnswers()
                .add(0, 1, 0.6)
                .add(0, 0, 0.99)
                .add(0, 1, 0.9)
                .add(0, 2, 0.7)
                .answers();

        assertThat(answers.worstMistakes(2)).containsExactly(2, 3);
    }

    @Test
    void shouldMeasureLossAsMeanSurprise() {
        Answers answers = new GivenAnswers().add(0, 0, 0.5).add(1, 1, 0.25).answers();

        assertThat(answers.loss()).isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-6));
    }
}

package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.trainer.Gate.Incumbent;
import dev.hemline.trainer.Gate.Outcome;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {
    private static Gate behind(Answers serving) {
        return new Gate(
                Optional.of(new Incumbent(CandidatePublisherTest.manifest(0.99).build(), serving)), false);
    }

    @Test
    void shouldLetPassWhatIsRightAsOftenAboutTheSameImages() {
        Gate gate = behind(GivenAnswers.of(100, image -> image < 80));

        assertThat(gate.judge(GivenAnswers.of(100, image -> image >= 20))).isEqualTo(Outcome.PUBLISHED);
        assertThat(gate.judge(GivenAnswers.of(100, image -> image >= 21))).isEqualTo(Outcome.REFUSED);
        assertThat(gate.objection(GivenAnswers.of(100, image -> image >= 21)))
                .contains(
                        "of the same 100 validation images it has 20 right that v1 has wrong, and 21 the other way round");
    }

    @Test
    void shouldCompareWithTheSameImagesWhereACandidateWasAskedAboutFewer() {
        Gate gate = behind(GivenAnswers.of(100, image -> image < 20));

        assertThat(gate.isBetter(GivenAnswers.of(20, image -> image < 19))).isFalse();
        assertThat(gate.lead(GivenAnswers.of(50, image -> image < 30))).isEqualTo(0.2);
    }

    @Test
    void shouldRefuseWhatIsBetterInAllAndClearlyWorseForOneClass() {
        Gate gate = behind(GivenAnswers.of(1_000, image -> image % 10 == 3 || image < 500));

        Answers forgetful = GivenAnswers.of(1_000, image -> image % 10 != 3);

        assertThat(gate.lead(forgetful)).isPositive();
        assertThat(gate.isBetter(forgetful)).isFalse();
        assertThat(gate.objection(forgetful))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("of class Dress it has 0 right that v1 has wrong, and 100 the other way round"));
    }

    @Test
    void shouldNotSinkHoweverOftenItIsTrainedAnew() {
        Random random = new Random(1);
        Answers serving = GivenAnswers.of(1_000, image -> random.nextDouble() < 0.9);
        int atFirst = right(serving);

        for (int night = 0; night < 100; night++) {
            Answers candidate = GivenAnswers.of(1_000, image -> random.nextDouble() < 0.895);
            serving = behind(serving).judge(candidate) == Outcome.PUBLISHED ? candidate : serving;
        }

        assertThat(right(serving)).isGreaterThanOrEqualTo(atFirst);
    }

    private static int right(Answers answers) {
        return (int) Math.round(answers.accuracy() * answers.size());
    }

    @Test
    void shouldLetEverythingPassWhereNothingServesOrSomebodyInsists() {
        assertThat(new Gate(Optional.empty(), false).judge(GivenAnswers.percent(1)))
                .isEqualTo(Outcome.PUBLISHED);
        Gate forced = new Gate(behind(GivenAnswers.percent(90)).serving(), true);
        assertThat(forced.judge(GivenAnswers.percent(10))).isEqualTo(Outcome.FORCED);
        assertThat(forced.judge(GivenAnswers.percent(95))).isEqualTo(Outcome.PUBLISHED);
    }
}

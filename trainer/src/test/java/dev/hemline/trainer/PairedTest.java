package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.insight.evaluate.Answers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedTest {
    @Test
    void shouldCountOnlyWhereOneIsRightAndTheOtherWrong() {
        Paired paired =
                Paired.of(GivenAnswers.of(100, image -> image < 60), GivenAnswers.of(100, image -> image >= 20));

        assertThat(paired).isEqualTo(new Paired(100, 20, 40));
        assertThat(paired.lead()).isEqualTo(-20);
        assertThat(paired.leadShare()).isEqualTo(-0.2);
    }

    @Test
    void shouldCountTheImagesThatBothWereAskedAbout() {
        assertThat(Paired.of(GivenAnswers.percent(0), GivenAnswers.of(1_000, image -> image < 50)))
                .isEqualTo(new Paired(100, 0, 50));
    }

    @Test
    void shouldObjectToMoreThanIsAllowedOnly() {
        Answers other = GivenAnswers.of(1_000, image -> true);

        assertThat(objection(GivenAnswers.of(1_000, image -> image >= 10), other, 0.01, 1))
                .isEmpty();
        assertThat(objection(GivenAnswers.of(1_000, image -> image >= 11), other, 0.01, 1))
                .contains("of the same 1,000 pictures it has 0 right that v3 has wrong, and 11 the other way round");
    }

    @Test
    void shouldObjectToWhatIsClearlyWorseThanAllowedForOneClass() {
        // Given a hundred images of each class, all of them right before
        Answers other = GivenAnswers.of(1_000, image -> true);

        // When ten dresses are wrong: 10 - 5 % of 100 is less than three deviations of 3.2
        Answers somewhat = GivenAnswers.of(1_000, image -> image % 10 != 3 || image >= 100);
        // And when twenty are: 20 - 5 is more than three of 4.5
        Answers clearly = GivenAnswers.of(1_000, image -> image % 10 != 3 || image >= 200);

        assertThat(objection(somewhat, other, 1, 0.05)).isEmpty();
        assertThat(objection(clearly, other, 1, 0.05))
                .contains("of class Dress it has 0 right that v3 has wrong, and 20 the other way round,"
                        + " among the same pictures");
    }

    private static Optional<String> objection(
            Answers candidate, Answers other, double allowed, double allowedInAClass) {
        return Paired.objection(candidate, other, "v3", "pictures", allowed, allowedInAClass);
    }
}

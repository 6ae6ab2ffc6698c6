package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.trainer.Gate.Incumbent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshGateTest {
    private static final Answers GOOD_TRAFFIC = GivenAnswers.of(100, image -> image < 90);

    /** The root has 900 of 1,000 validation images right, what serves half of the traffic. */
    private final RefreshGate gate = new RefreshGate(
            incumbent(1, GivenAnswers.of(1_000, image -> image < 900)), incumbent(4, GivenAnswers.percent(50)));

    private static Incumbent incumbent(int version, Answers answers) {
        return new Incumbent(
                CandidatePublisherTest.manifest(0.9).setVersion(version).build(), answers);
    }

    @Test
    void shouldLetPassWhatIsBetterOnTrafficAndHasForgottenNothing() {
        Answers anchor = GivenAnswers.of(1_000, image -> image < 900);

        assertThat(gate.objection(anchor, GOOD_TRAFFIC, Optional.empty())).isEmpty();
        assertThat(gate.objection(anchor, GivenAnswers.percent(51), Optional.empty()))
                .isEmpty();
        assertThat(gate.forgetsTooMuch(anchor)).isFalse();
    }

    @Test
    void shouldRefuseWhatHasLearntNothing() {
        Answers anchor = GivenAnswers.of(1_000, image -> true);

        assertThat(gate.objection(anchor, GivenAnswers.percent(50), Optional.empty()))
                .contains("of the same 100 labelled pictures of traffic it has as many right as v4");
        assertThat(gate.objection(anchor, GivenAnswers.percent(49), Optional.empty()))
                .contains("of the same 100 labelled pictures of traffic it has 0 right that v4 has wrong, and 1 the"
                        + " other way round");
    }

    @Test
    void shouldRefuseWhatIsClearlyWorseForOneClassOfTraffic() {
        RefreshGate dresses = new RefreshGate(
                gate.root(), incumbent(4, GivenAnswers.of(1_000, image -> image % 10 == 3 || image < 500)));

        assertThat(dresses.objection(
                        GivenAnswers.of(1_000, image -> true),
                        GivenAnswers.of(1_000, image -> image % 10 != 3),
                        Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("of class Dress it has 0 right that v4 has wrong, and 100 the other way round"));
    }

    @Test
    void shouldSeeASmallGainOnImagesThatAreChangedAsTrafficIsWhereLabelsAreTooFew() {
        Answers anchor = GivenAnswers.of(1_000, image -> image < 900);
        Answers oneFewer = GivenAnswers.percent(49);

        assertThat(gate.objection(anchor, oneFewer, Optional.of(new Paired(5_000, 400, 150))))
                .isEmpty();
        assertThat(gate.objection(anchor, oneFewer, Optional.of(new Paired(5_000, 160, 150))))
                .contains(
                        "of the same 5,000 validation images, changed as traffic is, it has hardly more right than v4:"
                                + " 160, and 150 the other way round");
        assertThat(gate.objection(anchor, GivenAnswers.percent(20), Optional.of(new Paired(5_000, 400, 150))))
                .as("whatever images say that are changed as traffic is thought to be")
                .contains("of the same 100 labelled pictures of traffic it has 0 right that v4 has wrong, and 30 the"
                        + " other way round");
    }

    @Test
    void shouldAllowToForgetOneImageInAHundredOfWhatTheRootKnew() {
        assertThat(gate.objection(GivenAnswers.of(1_000, image -> image < 890), GOOD_TRAFFIC, Optional.empty()))
                .isEmpty();
        assertThat(gate.objection(GivenAnswers.of(1_000, image -> image < 889), GOOD_TRAFFIC, Optional.empty()))
                .contains("of the same 1,000 validation images it has 0 right that v1 has wrong, and 11 the other way"
                        + " round");
    }

    @Test
    void shouldRefuseWhatHasForgottenOneClass() {
        Answers forgetful = GivenAnswers.of(1_000, image -> image % 10 != 3 || image >= 500);

        assertThat(gate.objection(forgetful, GOOD_TRAFFIC, Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why)
                        .isEqualTo("of class Dress it has 10 right that v1 has wrong, and 50 the other way round,"
                                + " among the same validation images"));
        assertThat(gate.forgetsTooMuch(forgetful)).isTrue();
    }
}

package dev.hemline.quality.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Decision.Reason;
import dev.hemline.quality.experiment.Experiment.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    private static final int CLASSES = 10;
    private static final Design DESIGN = new Design(0.05, 0, 0.1, 100, 2_000, 14);

    private final Experiment trial = new Experiment(Phase.TRIAL, DESIGN);
    private int labels;

    @Test
    void shouldPromoteWhatIsBetter() {
        Decision decision = untilTheEnd(trial, label -> label % 20 != 0, label -> true);

        assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(decision.reason()).isEqualTo(Reason.BETTER);
        assertThat(decision.logEValue()).isGreaterThan(Math.log(20));
        assertThat(trial.counts().difference()).isCloseTo(0.05, within(0.01));
        assertThat(trial.counts().labels()).isBetween(100L, 1_000L);
    }

    @Test
    void shouldRejectWhatIsWorse() {
        Decision decision = untilTheEnd(trial, label -> true, label -> label % 20 != 0);

        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason()).isEqualTo(Reason.WORSE);
    }

    @Test
    void shouldRejectWhatIsMuchWorseForOneClassAlthoughItIsBetterInAll() {
        // Class 3 is never right any more; all others, of which a fifth was wrong, are.
        Decision decision =
                untilTheEnd(trial, label -> label % 5 != 0 || label % CLASSES == 3, label -> label % CLASSES != 3);

        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason()).isEqualTo(Reason.WORSE_IN_SEGMENT);
        assertThat(decision.segment()).contains(Segment.ofClass(3));
        assertThat(trial.counts().difference()).isPositive();
    }

    /** The incumbent says class 3 whatever comes; the candidate is right about all others, and about half of that class. */
    @Test
    void shouldPromoteWhatIsWorseForTheOneClassThatABrokenIncumbentSays() {
        Decision decision = untilTheEnd(
                trial, label -> label % CLASSES == 3, label -> label % CLASSES != 3 || label % (2 * CLASSES) == 3);

        assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(trial.counts().labels()).isEqualTo(DESIGN.fewestLabels());
        assertThat(trial.standing().unproved()).isEmpty();
    }

    @Test
    void shouldNotPromoteWhatIsWorseForOneSourceHoweverMuchBetterItIsInAll() {
        Decision decision = null;
        while (decision == null) {
            boolean dock = labels % 5 == 0;
            decision = trial.add(new Comparison(labels++ % CLASSES, dock ? "dock" : "belt", dock, !dock))
                    .orElse(null);
        }

        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.segment()).contains(Segment.ofSource("dock"));
    }

    @Test
    void shouldNotPromoteWhatIsWorseForOneClassByMoreThanIsAllowed() {
        // One in eight of class 3 is lost: too few to refute soon, too many to prove.
        Decision decision = untilTheEnd(
                trial, label -> label % 5 != 0 || label % CLASSES == 3, label -> label % (8 * CLASSES) != 3);

        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void shouldGoOnAskingAboutASourceThatWasBusyOnce() {
        // Given a source that had an eighth of the labels at first, where the candidate was wrong more often than is
        // allowed
        for (; labels < 120; labels++) {
            String source = labels % 8 == 3 ? "dock" : "belt";
            trial.add(new Comparison(
                    labels % CLASSES, source, labels % 6 != 0, !source.equals("dock") || labels % 16 == 3));
        }

        // When all labels are of another one from then on, where it is right more often
        Decision decision = untilTheEnd(trial, label -> label % 20 != 0, label -> true);

        // Then it is not promoted
        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void shouldDecideByCountsAsLabelByLabel() {
        Decision decision = untilTheEnd(trial, label -> label % 20 != 0, label -> true);

        var another = new Experiment(Phase.TRIAL, DESIGN);

        assertThat(another.look(trial.counts(), trial.segments())).contains(decision);
        assertThat(another.busy()).isEqualTo(trial.busy());
    }

    @Test
    void shouldRememberWhichSegmentsWereBusy() {
        var dock = Segment.ofSource("dock");
        var goesOn = new Experiment(Phase.TRIAL, DESIGN, Set.of(dock));

        // Nothing proves anything of the dock.
        assertThat(goesOn.look(new PairedCounts(200, 0, 0), Map.of())).isEmpty();
        assertThat(new Experiment(Phase.TRIAL, DESIGN).look(new PairedCounts(200, 0, 0), Map.of()))
                .map(Decision::outcome)
                .contains(Outcome.PROMOTED);
        assertThat(Segment.parse(dock.toString())).contains(dock);
        assertThat(Segment.parse("COLOUR/red")).isEmpty();
    }

    @Test
    void shouldLookAtNoMoreSegmentsThanItsErrorRateIsFor() {
        for (int source = 0; source < 100; source++) {
            trial.add(new Comparison(0, "camera-" + source, true, true));
        }

        assertThat(trial.segments()).hasSize(14).containsKey(Segment.ofSource("camera-12"));
    }

    @Test
    void shouldEndWithoutAPromotionWhereTheTwoAnswerAlike() {
        Decision decision = untilTheEnd(trial, label -> label % 10 != 0, label -> label % 10 != 0);

        assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(decision.reason()).isEqualTo(Reason.OUT_OF_LABELS);
        assertThat(trial.counts().labels()).isEqualTo(2_000);
    }

    @Test
    void shouldPromoteWhatAnswersAlikeWhereThatIsEnough() {
        var enough = new Experiment(Phase.TRIAL, new Design(0.05, 0.01, 0.1, 100, 2_000, 14));

        Decision decision = untilTheEnd(enough, label -> label % 10 != 0, label -> label % 10 != 0);

        assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(decision.reason()).isEqualTo(Reason.NOT_WORSE);
    }

    @Test
    void shouldBringTheIncumbentBackWhereOneClassSuffers() {
        var probation = new Experiment(Phase.PROBATION, DESIGN);

        Decision decision = untilTheEnd(probation, label -> true, label -> label % (2 * CLASSES) != 7);

        assertThat(decision.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void shouldConfirmWhatNothingSpeaksAgainst() {
        var probation = new Experiment(Phase.PROBATION, DESIGN);

        Decision decision = untilTheEnd(probation, label -> label % 20 != 0, label -> true);

        assertThat(decision.outcome()).isEqualTo(Outcome.CONFIRMED);
        assertThat(probation.counts().labels()).isEqualTo(2_000);
    }

    @Test
    void shouldRefuseADesignThatProvesNothing() {
        assertThatThrownBy(() -> new Design(1, 0, 0.1, 1, 1, 1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> new Design(0.05, 0.2, 0.1, 1, 1, 1)).hasMessageContaining("segment's margin");
        assertThatThrownBy(() -> new Design(0.05, 0, 0.1, 10, 9, 1)).hasMessageContaining("at least 10 labels");
    }

    /** Whether a version has a label's event right. */
    private interface Answers {
        boolean right(int label);
    }

    private Decision untilTheEnd(Experiment experiment, Answers incumbent, Answers candidate) {
        Optional<Decision> end = Optional.empty();
        for (; end.isEmpty(); labels++) {
            end = experiment.add(new Comparison(
                    labels % CLASSES, "camera-" + labels % 4, incumbent.right(labels), candidate.right(labels)));
        }
        return end.get();
    }
}

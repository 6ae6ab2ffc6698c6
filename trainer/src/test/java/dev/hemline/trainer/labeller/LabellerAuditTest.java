package dev.hemline.trainer.labeller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.quality.labeller.KnownLabellers;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.Ballot;
import dev.hemline.trainer.reservoir.TrafficSamples;
import dev.hemline.trainer.reservoir.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabellerAuditTest {
    private static final Instant NOON = TrafficSamples.NOON;
    private static final int CLASSES = 10;

    private final LabellerAudit audit = new LabellerAudit(
            IntStream.range(0, CLASSES).mapToObj(label -> "class-" + label).toList());
    private final KnownLabellers known = new KnownLabellers();
    private final List<Ballot> ballots = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);

    /** So many pictures of all classes, of which the model is sure, right about all but one in fifty. */
    private void label(String by, int count, IntUnaryOperator said) {
        for (int i = 0; i < count; i++) {
            int actual = i % CLASSES;
            int answered = random.nextInt(50) == 0 ? (actual + 1) % CLASSES : actual;
            ballots.add(new Ballot(
                    TrafficSamples.sure("e-" + ballots.size(), answered),
                    List.of(new Vote(by, said.applyAsInt(actual), NOON, NOON)),
                    null));
        }
    }

    /** Somebody honest, who errs in one of thirty. */
    private int honest(int actual) {
        return random.nextInt(30) == 0 ? (actual + 3) % CLASSES : actual;
    }

    private int flipped(int actual, double share) {
        return random.nextDouble() < share ? random.nextInt(CLASSES) : actual;
    }

    private List<String> suspected() {
        return audit.suspicions(ballots, sample -> true, known).stream()
                .map(Suspicion::labeller)
                .toList();
    }

    @Test
    void shouldSuspectNobodyHonest() {
        label("ann", 400, this::honest);
        label("bob", 400, this::honest);

        assertThat(suspected()).isEmpty();
    }

    @Test
    void shouldNameWhoFlipsEveryThirdLabel() {
        label("ann", 150, this::honest);
        label("liar", 150, actual -> flipped(actual, 0.33));

        assertThat(audit.suspicions(ballots, sample -> true, known))
                .singleElement()
                .satisfies(suspicion -> {
                    assertThat(suspicion.labeller()).isEqualTo("liar");
                    assertThat(suspicion.labels()).isEqualTo(150);
                    assertThat(suspicion.disagreements()).isBetween(30, 75);
                    assertThat(suspicion.reason())
                            .matches(
                                    "says another class in \\d+ of 150 pictures of which what serves is sure, while nothing"
                                            + " has changed");
                });
    }

    @Test
    void shouldNameWhoSaysOneClassForAnother() {
        label("ann", 200, this::honest);
        label("liar", 200, actual -> actual == 6 ? 0 : actual);

        assertThat(audit.suspicions(ballots, sample -> true, known))
                .singleElement()
                .satisfies(suspicion -> {
                    assertThat(suspicion.labeller()).isEqualTo("liar");
                    assertThat(suspicion.reason()).contains("pictures of class class-6 of which");
                });
    }

    @Test
    void shouldNameWhoSaysOneClassToEverything() {
        label("liar", 40, actual -> 3);

        assertThat(suspected()).containsExactly("liar");
    }

    @Test
    void shouldTakeItForTheModelsFaultWhereEverybodySaysOtherwise() {
        label("ann", 100, actual -> (actual + 1) % CLASSES);
        label("bob", 100, actual -> (actual + 1) % CLASSES);

        assertThat(suspected()).isEmpty();
    }

    @Test
    void shouldHoldNothingAgainstAnybodyOfPicturesThatHaveChanged() {
        label("ann", 100, actual -> (actual + 1) % CLASSES);

        assertThat(audit.suspicions(ballots, sample -> false, known)).isEmpty();
    }

    @Test
    void shouldNameWhoSaysOtherwiseThanTwoOthersAboutPicturesThatNoModelKnows() {
        for (int i = 0; i < 60; i++) {
            int label = i % CLASSES;
            int said = i % 3 == 0 ? (label + 1) % CLASSES : label;
            ballots.add(new Ballot(
                    TrafficSamples.sure("e-" + i, 0),
                    List.of(
                            new Vote("ann", label, NOON, NOON),
                            new Vote("bob", label, NOON, NOON),
                            new Vote("liar", said, NOON, NOON)),
                    null));
        }

        assertThat(audit.suspicions(ballots, sample -> false, known))
                .extracting(Suspicion::labeller)
                .containsExactly("liar");
    }

    @Test
    void shouldSayNothingAgainOfWhomSomebodyHasSpokenAbout() {
        label("liar", 100, actual -> 3);
        tell("liar", LabellerState.QUARANTINED, NOON.minusSeconds(1));
        assertThat(suspected()).isEmpty();

        // When a person lifts that
        tell("liar", LabellerState.BELIEVED, NOON.plusSeconds(1));
        assertThat(suspected()).as("of before").isEmpty();

        // Then only what comes after it counts
        tell("liar", LabellerState.BELIEVED, NOON);
        assertThat(suspected()).containsExactly("liar");
    }

    private void tell(String name, LabellerState state, Instant at) {
        known.add(
                name,
                Labeller.newBuilder()
                        .setName(name)
                        .setState(state)
                        .setReason("")
                        .setBy("test")
                        .setChangedAt(at)
                        .build());
    }

    @Test
    void shouldNameWhoLabelsPicturesThatNobodySent() {
        label("ann", 100, this::honest);
        Map<String, Integer> unmatched = new HashMap<>(Map.of("ann", 300, "stranger", 500, "seldom", 20));

        assertThat(audit.strangers(ballots, unmatched, known))
                .extracting(Suspicion::labeller)
                .as("of ann's three in four are not known, so that 500 in a row are hardly chance")
                .containsExactly("stranger");

        unmatched.put("ann", 1_000_000);
        assertThat(audit.strangers(ballots, unmatched, known))
                .as("where hardly anybody's are known")
                .isEmpty();
    }

    @Test
    void shouldHoldLabelsAgainstWhatWasRefreshed() {
        label("ann", 120, this::honest);
        label("liar", 120, actual -> flipped(actual, 0.4));
        List<Answer> answers =
                ballots.stream().map(ballot -> Answer.of(ballot.sample())).toList();
        List<Answer> unsure =
                answers.stream().map(answer -> new Answer(answer.label(), 0.9)).toList();
        var samples = TrafficSamples.decided(ballots);

        assertThat(audit.suspicions(samples, answers, 0.12)).singleElement().satisfies(suspicion -> {
            assertThat(suspicion.labeller()).isEqualTo("liar");
            assertThat(suspicion.reason()).endsWith("of which what was refreshed is sure");
        });
        assertThat(audit.suspicions(samples, unsure, 0.12)).isEmpty();
    }
}

package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.ballot;
import static dev.hemline.trainer.reservoir.TrafficSamples.truth;
import static dev.hemline.trainer.reservoir.TrafficSamples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.GroundTruth;
import org.junit.jupiter.api.Test;

class BallotTest {
    private final Ballot ballot = ballot("a", 1, NOON);

    @Test
    void shouldLetEverybodyCorrectThemselvesAndNobodyElse() {
        Ballot corrected = ballot.with(vote("bob", 2, NOON)).with(vote("ann", 3, NOON.plusSeconds(1)));

        assertThat(corrected.votes()).containsExactly(vote("bob", 2, NOON), vote("ann", 3, NOON.plusSeconds(1)));
        assertThat(corrected.with(vote("ann", 9, NOON))).as("found out earlier").isEqualTo(corrected);
    }

    @Test
    void shouldHearNoMoreThanNineAndStillLetThoseCorrectThemselves() {
        Ballot full = ballot;
        for (int i = 0; i < 20; i++) {
            full = full.with(vote("another-" + i, 2, NOON));
        }

        assertThat(full.votes()).hasSize(9);
        assertThat(full.with(vote("ann", 5, NOON.plusSeconds(1))).votes())
                .hasSize(9)
                .contains(vote("ann", 5, NOON.plusSeconds(1)));
    }

    @Test
    void shouldTellWhatTwoOthersOrMoreSayWithOneVoice() {
        Ballot two = ballot.with(vote("bob", 2, NOON));
        assertThat(two.sayOthers("ann", by -> true)).as("one other").isEmpty();

        Ballot three = two.with(vote("cat", 2, NOON));
        assertThat(three.sayOthers("ann", by -> true)).hasValue(2);
        assertThat(three.sayOthers("bob", by -> true))
                .as("two others who differ")
                .isEmpty();
        assertThat(three.sayOthers("ann", by -> !by.equals("cat"))).isEmpty();
    }

    @Test
    void shouldKeepOnlySoMuchOfALabellersName() {
        GroundTruth truth = new GroundTruth("a", 1, NOON, "x".repeat(1_000));

        assertThat(Vote.of(truth, NOON).by()).hasSize(100);
        assertThat(Vote.of(truth("a", 1), NOON).by()).isEqualTo("ann");
    }
}

package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.ballot;
import static dev.hemline.trainer.reservoir.TrafficSamples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReservoirTest {
    private final Reservoir reservoir = new Reservoir(100, 10);

    @Test
    void shouldHoldAsManyOfEachClassAsOfAnyOtherAtMost() {
        for (int i = 0; i < 500; i++) {
            reservoir.add(ballot("common-" + i, 3, NOON));
        }
        for (int i = 0; i < 4; i++) {
            reservoir.add(ballot("rare-" + i, 7, NOON));
        }

        assertThat(reservoir.mostPerClass()).isEqualTo(10);
        assertThat(reservoir.samples())
                .hasSize(14)
                .filteredOn(sample -> sample.label() == 3)
                .hasSize(10);
    }

    /** Of 2,000 pictures of one class one in fifty is called another one: of those that are kept, that is nearly every tenth. */
    @Test
    void shouldKnowThoseThatCameLastWhateverTheyShow() {
        for (int i = 0; i < 2_000; i++) {
            reservoir.add(ballot("event-" + i, i % 50 == 0 ? 1 + i / 50 % 9 : 0, NOON.plusSeconds(i)));
        }

        assertThat(reservoir.samples(by -> true))
                .filteredOn(sample -> sample.label() != 0)
                .hasSizeGreaterThan(35);
        assertThat(reservoir.newest(by -> true))
                .hasSize(100)
                .filteredOn(sample -> sample.label() != 0)
                .hasSize(2);
        assertThat(reservoir.newest(by -> by.equals("bob"))).isEmpty();
    }

    @Test
    void shouldHearWhatIsSaidOfOneThatCameLastAndIsNotKept() {
        for (int i = 0; i < 20; i++) {
            reservoir.add(ballot("event-" + i, 3, NOON.plusSeconds(i)));
        }
        List<String> kept = reservoir.samples().stream().map(LabelledSample::id).toList();
        String other = reservoir.newest(by -> true).stream()
                .map(LabelledSample::id)
                .filter(id -> !kept.contains(id))
                .findFirst()
                .orElseThrow();

        assertThat(reservoir.vote(other, vote("ann", 5, NOON.plusSeconds(60)))).isTrue();

        assertThat(reservoir.samples())
                .filteredOn(sample -> sample.label() == 5)
                .hasSize(1);
    }

    @Test
    void shouldHoldOneOfEachClassAtLeastHoweverSmallItIs() {
        assertThat(new Reservoir(3, 10).mostPerClass()).isEqualTo(1);
    }

    @Test
    void shouldHoldTheSameOnesInWhateverOrderTheyCome() {
        List<Ballot> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(ballot("event-" + i, i % 3, NOON.plus(Duration.ofMinutes(i))));
        }
        all.forEach(reservoir::add);
        Collections.shuffle(all, new Random(1));
        Reservoir filledAnew = new Reservoir(100, 10);

        all.forEach(filledAnew::add);
        all.forEach(filledAnew::add);

        assertThat(filledAnew.samples()).isEqualTo(reservoir.samples()).hasSize(30);
    }

    @Test
    void shouldRatherHoldNewerOnesThanOlderAndSomeOfThoseAllTheSame() {
        // Given as many of today as of yesterday, when a label was worth half as much, and as many of a week ago
        Reservoir roomy = new Reservoir(300, 1);
        for (int i = 0; i < 1_000; i++) {
            roomy.add(ballot("today-" + i, 0, NOON));
            roomy.add(ballot("yesterday-" + i, 0, NOON.minus(Duration.ofDays(1))));
            roomy.add(ballot("last-week-" + i, 0, NOON.minus(Duration.ofDays(7))));
        }

        // When it is looked which of them are there
        List<LabelledSample> kept = roomy.samples();
        long today = count(kept, "today-");
        long yesterday = count(kept, "yesterday-");

        // Then there are twice as many of today, and hardly any of a week ago
        assertThat(kept).hasSize(300);
        assertThat((double) today / yesterday).isBetween(1.5, 2.7);
        assertThat(count(kept, "last-week-")).isBetween(0L, 10L);
    }

    private static long count(List<LabelledSample> samples, String prefix) {
        return samples.stream().filter(sample -> sample.id().startsWith(prefix)).count();
    }

    @Test
    void shouldGiveThemTheOldestLabelFirst() {
        reservoir.add(ballot("b", 1, NOON.plusSeconds(2)));
        reservoir.add(ballot("c", 2, NOON.plusSeconds(1)));
        reservoir.add(ballot("a", 3, NOON.plusSeconds(2)));

        assertThat(reservoir.samples()).extracting(LabelledSample::id).containsExactly("c", "a", "b");
    }

    @Test
    void shouldTakeAnEventOnceHoweverOftenItComes() {
        reservoir.add(ballot("a", 1, NOON));
        reservoir.add(ballot("a", 2, NOON));

        assertThat(reservoir.samples()).singleElement().returns(2, LabelledSample::label);
    }

    @Test
    void shouldBelieveWhatSomebodyFoundOutLast() {
        reservoir.add(ballot("a", 1, NOON));

        assertThat(reservoir.vote("a", vote("ann", 5, NOON.minusSeconds(1)))).isTrue();
        assertThat(reservoir.samples()).singleElement().returns(1, LabelledSample::label);

        assertThat(reservoir.vote("a", vote("ann", 6, NOON.plusSeconds(9)))).isTrue();
        assertThat(reservoir.samples())
                .singleElement()
                .returns(6, LabelledSample::label)
                .returns(NOON.plusSeconds(9), LabelledSample::arrivedAt);
        assertThat(reservoir.vote("b", vote("ann", 6, NOON))).isFalse();
        assertThat(reservoir.vote("a", vote("ann", 10, NOON.plusSeconds(10))))
                .as("a label that is no class of the model")
                .isTrue();
        assertThat(reservoir.samples()).singleElement().returns(6, LabelledSample::label);
    }

    @Test
    void shouldGiveNothingToLearnFromWhereTwoSayOtherwise() {
        reservoir.add(ballot("a", 1, NOON));
        reservoir.vote("a", vote("bob", 2, NOON));
        assertThat(reservoir.samples()).isEmpty();
        assertThat(reservoir.samples(by -> by.equals("bob"))).singleElement().returns(2, LabelledSample::label);

        reservoir.vote("a", vote("cat", 1, NOON.plusSeconds(1)));

        assertThat(reservoir.samples())
                .singleElement()
                .returns(1, LabelledSample::label)
                .returns("cat", LabelledSample::by);
        assertThat(reservoir.samples(by -> false)).isEmpty();
    }

    @Test
    void shouldGiveTheRoomOfWhatWasLabelledOtherwiseToOthers() {
        Reservoir small = new Reservoir(2, 2);
        small.add(ballot("a", 0, NOON));
        small.vote("a", vote("ann", 1, NOON));

        small.add(ballot("b", 0, NOON));

        assertThat(small.samples()).extracting(LabelledSample::id).containsExactlyInAnyOrder("a", "b");
    }
}

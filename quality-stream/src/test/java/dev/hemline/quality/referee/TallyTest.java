package dev.hemline.quality.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.Disagreement;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import dev.hemline.quality.referee.Tally.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Pairing PAIRING = new Pairing("fashion-mnist", 12, 13);
    private static final Answers WON = new Answers(7, "dock", 9, 7, "ann");
    private static final Answers LOST = new Answers(3, "dock", 3, 2, "ann");
    private static final Answers BOTH_WRONG = new Answers(3, "belt", 4, 4, "bob");

    private final Tally tally = new Tally();

    @Test
    void shouldCountWhatEitherHadRight() {
        tally.add(WON);
        tally.add(WON);
        tally.add(LOST);
        tally.add(BOTH_WRONG);

        assertThat(tally.all()).isEqualTo(new PairedCounts(2, 1, 1));
        assertThat(tally.segments())
                .containsEntry(Segment.ofSource("dock"), new PairedCounts(2, 1, 0))
                .containsEntry(Segment.ofClass(3), new PairedCounts(0, 1, 1));
        assertThat(tally.writtenDisagreements())
                .containsExactly(new Disagreement(7, 9, 7, 2L), new Disagreement(3, 3, 2, 1L));
    }

    @Test
    void shouldTakeBackWhatALaterLabelSaysOtherwise() {
        tally.add(WON);
        tally.add(LOST);
        tally.remove(LOST);

        assertThat(tally.all()).isEqualTo(new PairedCounts(1, 0, 0));
        assertThat(tally.writtenDisagreements()).containsExactly(new Disagreement(7, 9, 7, 1L));
    }

    @Test
    void shouldBeReadAsItWasTold() {
        tally.add(WON);
        tally.add(BOTH_WRONG);

        ExperimentCounts told = tally.written(PAIRING, 3);

        assertThat(Tally.of(told).written(PAIRING, 3)).isEqualTo(told);
        assertThat(Pairing.of(told)).isEqualTo(PAIRING);
    }

    @Test
    void shouldAddUpWhatPartitionsTell() {
        tally.add(WON);
        Tally other = new Tally();
        other.add(WON);
        other.add(LOST);

        tally.add(other);

        assertThat(tally.all()).isEqualTo(new PairedCounts(2, 1, 0));
        assertThat(tally.segments()).containsEntry(Segment.ofSource("dock"), new PairedCounts(2, 1, 0));
    }

    @Test
    void shouldStayBoundedWhateverSourcesThereAre() {
        for (int source = 0; source < 1_000; source++) {
            tally.add(new Answers(0, "source-" + source, 1, 0, "ann"));
        }

        assertThat(tally.segments()).hasSize(Tally.MOST_SEGMENTS);
        assertThat(tally.all().wins()).isEqualTo(1_000);
    }

    @Test
    void shouldRefuseWhatNobodyCanHaveCounted() {
        assertThatThrownBy(() -> Tally.of(counts(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.of(counts(Long.MAX_VALUE))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pairing("Odd Name", 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ExperimentCounts counts(long alike) {
        return new ExperimentCounts("fashion-mnist", 12, 13, 0, 0L, 0L, alike, List.of(), List.of(), List.of());
    }
}

package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final List<LabelledSample> samples = new ArrayList<>();

    private void label(int count, String by, String source) {
        for (int i = 0; i < count; i++) {
            String id = by + source + i;
            samples.add(new Ballot(
                            TrafficSamples.builder(id, 1, 0, NOON)
                                    .setSource(source)
                                    .build(),
                            List.of(vote(by, 0, NOON)),
                            null)
                    .decided(any -> true)
                    .orElseThrow());
        }
    }

    @Test
    void shouldCountSoManyOfOneLabellerAndOfOneSource() {
        label(100, "ann", "dock");
        label(100, "bob", "dock");
        label(10, "cat", "belt");

        List<LabelledSample> within = new Quotas(40, 60).of(samples);

        assertThat(within)
                .filteredOn(one -> one.sample().getSource().equals("dock"))
                .hasSize(60);
        assertThat(within).filteredOn(one -> one.by().equals("ann")).hasSizeBetween(20, 40);
        assertThat(within).filteredOn(one -> one.by().equals("cat")).hasSize(10);
        assertThat(samples).containsSubsequence(within);
    }

    @Test
    void shouldTakeTheSameOnesInWhateverOrderTheyCame() {
        label(100, "ann", "dock");
        List<LabelledSample> first = new Quotas(30, 1_000).of(samples);
        Collections.shuffle(samples, new Random(1));

        assertThat(new Quotas(30, 1_000).of(samples))
                .containsExactlyInAnyOrderElementsOf(first)
                .hasSize(30);
    }

    @Test
    void shouldTakeAllWhereNobodySaysHowMany() {
        label(100, "ann", "dock");

        assertThat(Quotas.NONE.of(samples)).isEqualTo(samples);
    }
}

package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.stream.Plan.Load;
import dev.hemline.benchmarks.stream.Plan.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Contender HEMLINE = Contender.HEMLINE;
    private static final Contender PEER = Contender.PER_RECORD_DJL_BLOCKS;

    private static Plan plan(double hemline, double peer) {
        Map<Contender, Double> capacities = new LinkedHashMap<>();
        capacities.put(HEMLINE, hemline);
        capacities.put(PEER, peer);
        return Plan.of(capacities, List.of(0.5, 0.1));
    }

    @Test
    void shouldPutSharesOfTheFirstsCapacityAndHalfOfTheOthersOntoAllTheLightestFirst() {
        Plan plan = plan(4000, 1000);

        assertThat(plan.loads())
                .containsExactly(new Load(HEMLINE, 0.1, 400), new Load(PEER, 0.5, 500), new Load(HEMLINE, 0.5, 2000));
        assertThat(plan.loads().get(1).title()).isEqualTo("50 % of streams per record, djl blocks");
    }

    @Test
    void shouldSwapModelsOfHemlineOnly() {
        assertThat(plan(4000, 1000).trials(HEMLINE, 0))
                .extracting(Trial::withSwaps)
                .containsExactly(false, true, false, true, false, true);
        assertThat(plan(4000, 1000).trials(HEMLINE, 1))
                .as("a process gets faster with time, so they take turns in being first")
                .extracting(Trial::withSwaps)
                .containsExactly(true, false, true, false, true, false);
        assertThat(plan(4000, 1000).trials(PEER, 0))
                .extracting(Trial::withSwaps)
                .containsOnly(false);
    }

    @Test
    void shouldSpareAContenderWhatItIsNotAbleToDo() {
        Plan plan = plan(4000, 1000);

        assertThat(plan.trials(PEER, 0))
                .extracting(trial -> trial.load().eventsPerSecond())
                .containsExactly(400.0, 500.0);
        assertThat(plan.canBear(PEER, plan.loads().get(2))).isFalse();
    }

    @Test
    void shouldSpareTheFirstToo() {
        Plan plan = plan(1000, 4000);

        assertThat(plan.trials(HEMLINE, 0))
                .extracting(trial -> trial.load().eventsPerSecond())
                .containsOnly(100.0, 500.0);
        assertThat(plan.trials(PEER, 0)).hasSize(3);
    }
}

package dev.hemline.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void shouldCountTurnsOnFromOneGameToTheNextAndLeaveWarmUpsOut() throws Exception {
        var turns = new Turns(6, (before, all, what) -> told.add(before + "/" + all + " " + what));

        turns.meanwhile("publishing");
        var first = turns.play(List.of("a", "b"), who -> who, 1, 1, (who, round) -> who + round);
        var second = turns.play(List.of("a", "a"), who -> who + "!", 0, 1, (who, round) -> who + round);

        assertThat(told).containsExactly("0/6 publishing", "0/6 a", "1/6 b", "2/6 a", "3/6 b", "4/6 a!", "5/6 a!");
        assertThat(first).extracting(Turns.Taken::turns).containsExactly(List.of("a0"), List.of("b0"));
        assertThat(second).hasSize(2);
    }
}

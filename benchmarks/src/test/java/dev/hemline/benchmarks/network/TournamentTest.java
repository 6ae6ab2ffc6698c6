package dev.hemline.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.network.Tournament.Entrant;
import dev.hemline.benchmarks.runner.Speed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TournamentTest {
    private final List<String> turns = new ArrayList<>();

    @Test
    void shouldLetContendersTakeTurnsAndLeaveTheFirstRoundOut() throws Exception {
        List<String> announced = new ArrayList<>();
        var tournament = new Tournament(
                2,
                Duration.ofMillis(1),
                (before, all, contender) -> announced.add(before + "/" + all + " " + contender));

        var speeds = tournament.speeds(List.of(contender("a"), contender("b")));

        assertThat(turns).containsExactly("a", "b", "a", "b", "a", "b");
        assertThat(announced).containsExactly("0/6 a", "1/6 b", "2/6 a", "3/6 b", "4/6 a", "5/6 b");
        assertThat(speeds).extracting(Speed::name).containsExactly("a", "b");
        assertThat(speeds.get(1).turns())
                .hasSize(2)
                .allSatisfy(speed -> assertThat(speed).isPositive());
    }

    private Entrant contender(String name) {
        return new Entrant(name, 64, timer -> {
            turns.add(name);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = timer.stepped();
            }
        });
    }
}

package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.drift.Power.Point;
import dev.hemline.benchmarks.drift.Shift.Change;
import dev.hemline.benchmarks.runner.Chance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PowerTest {
    private static final Shift STRONG = new Shift("strong", 100, Change.LARGE_NOISE, 1, 1, 1);

    @Test
    void shouldCountTrialsThatAreToldByThenOfEachDetector() {
        List<Result> originals = SimulatedResults.of(600, 0);
        var protocol = new Protocol(new Chance(1), 10, 1, List.of(10, 300));

        List<Power> powers = Power.of(
                List.of(STRONG, Shift.NONE),
                originals,
                Map.of(Change.LARGE_NOISE, SimulatedResults.of(600, 1.5)),
                protocol);

        assertThat(powers).extracting(Power::shift).containsExactly("strong, 100 %", "nothing changes");
        assertThat(powers).extracting(Power::early).containsOnly(0);
        List<Point> strong = powers.get(0).points();
        // No batch is full yet.
        assertThat(strong.get(0).hemline()).isZero();
        assertThat(strong.get(1)).isEqualTo(new Point(300, 1, 1, 1, 1));
        assertThat(powers.get(0).delay().missed()).isZero();
        assertThat(powers.get(0).accuracy()).isLessThan(powers.get(1).accuracy());
        Point none = powers.get(1).points().get(1);
        assertThat(none.hemline()).isZero();
        assertThat(none.oneLook()).isLessThan(0.5);
        assertThat(none.bbsds()).isLessThan(0.5);
        assertThat(none.bbsdsInStream()).isZero();
    }

    @Test
    void shouldGiveTheSameFiguresOfTheSameSeed() {
        List<Result> originals = SimulatedResults.of(300, 0);
        Map<Change, List<Result>> changed = Map.of(Change.LARGE_NOISE, SimulatedResults.of(300, 0.5));
        var protocol = new Protocol(new Chance(7), 5, 1, List.of(50, 100));

        assertThat(Power.of(List.of(STRONG), originals, changed, protocol))
                .isEqualTo(Power.of(List.of(STRONG), originals, changed, protocol));
    }
}

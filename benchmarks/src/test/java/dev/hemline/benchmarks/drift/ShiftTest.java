package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.benchmarks.drift.Shift.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShiftTest {
    private static final int DRAWN = 30_000;

    private final List<Result> originals = SimulatedResults.of(300, 0);
    private final List<Result> shifted = SimulatedResults.of(300, 1);
    private final Traffic traffic = Traffic.of(originals);

    @Test
    void shouldBeAllThatThePaperDoes() {
        assertThat(Shift.all()).hasSize(27).extracting(Shift::toString).doesNotHaveDuplicates();
    }

    @Test
    void shouldChangeAShareOfThePicturesAndNoClasses() {
        List<Result> drawn = drawn(new Shift("some", 10, Change.LARGE_NOISE, 0.1, 1, 1));

        Set<Result> changed = new HashSet<>(shifted);
        assertThat(share(drawn.stream().filter(changed::contains).count())).isCloseTo(0.1, within(0.01));
        assertThat(ofFirstClass(drawn)).isCloseTo(1 / 3.0, within(0.02));
    }

    @Test
    void shouldKnockAShareOfAClassOut() {
        List<Result> drawn = drawn(new Shift("knock-out", 50, Change.LARGE_NOISE, 0, 0.5, 1));

        assertThat(ofFirstClass(drawn)).isCloseTo(0.2, within(0.02));
        assertThat(originals).containsAll(new HashSet<>(drawn));
    }

    @Test
    void shouldLeaveOneClassOnly() {
        assertThat(ofFirstClass(drawn(new Shift("one", 100, Change.LARGE_NOISE, 1, 1, 0))))
                .isOne();
    }

    private List<Result> drawn(Shift shift) {
        return shift.of(traffic, Map.of(Change.LARGE_NOISE, shifted)).next(DRAWN, new SplittableRandom(1));
    }

    private static double ofFirstClass(List<Result> drawn) {
        return share(drawn.stream().filter(result -> result.label() == 0).count());
    }

    private static double share(long count) {
        return count / (double) DRAWN;
    }
}

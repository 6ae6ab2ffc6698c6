package dev.hemline.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneLookTest {
    private static final List<Integer> SIZES = List.of(10, 60);

    @Test
    void shouldRingForOneUndriftedSampleInTwenty() {
        List<double[]> undrifted = IntStream.range(0, 40)
                .mapToObj(sample -> new double[] {sample, -sample})
                .toList();
        OneLook look = OneLook.calibrated(SIZES, undrifted);

        assertThat(undrifted.stream().filter(sample -> look.rings(sample)[0])).hasSize(2);
        assertThat(undrifted.stream().filter(sample -> look.rings(sample)[1])).hasSize(2);
        assertThat(look.rings(new double[] {37.5, -37.5})).containsExactly(true, false);
    }

    @Test
    void shouldFindMoreEvidenceInMoreResultsThatHaveChanged() {
        List<Result> originals = SimulatedResults.of(3_000, 0);
        List<Result> changed = Traffic.of(SimulatedResults.of(3_000, 1)).next(60, new SplittableRandom(1));

        double[] evidence = OneLook.evidence(SIZES, Result.reference(originals), changed);

        assertThat(evidence[1]).isGreaterThan(evidence[0]).isGreaterThan(3);
    }
}

package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.benchmarks.stream.SoakReport.Sample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void shouldTellALeakFromNoise() {
        // 40 kB leaked per thousand events, under a noise of 20 MB
        Trend leak = Trend.of(
                samples(events -> 300_000_000 + 40 * events + random.nextInt(20_000_000)), Sample::nativeBytes);

        assertThat(leak.perMillionEvents()).isCloseTo(40e6, within(leak.noise()));
        assertThat(leak.perMillionEvents()).isGreaterThan(leak.noise());
        assertThat(leak.last()).isGreaterThan(leak.first());
    }

    @Test
    void shouldFindNothingInNoise() {
        Trend still = Trend.of(samples(events -> 300_000_000 + random.nextInt(20_000_000)), Sample::nativeBytes);

        assertThat(Math.abs(still.perMillionEvents())).isLessThan(still.noise());
    }

    @Test
    void shouldBeExactWhereNothingMoves() {
        Trend still = Trend.of(samples(events -> 80), Sample::nativeBytes);

        assertThat(still).isEqualTo(new Trend(80, 80, 80, 0, 0));
    }

    @Test
    void shouldNotJudgeByAFewSamples() {
        List<Sample> few = samples(events -> 1).subList(0, 9);

        assertThatThrownBy(() -> Trend.of(few, Sample::nativeBytes)).hasMessageContaining("at least 10 samples");
    }

    private static List<Sample> samples(LongUnaryOperator nativeBytes) {
        return LongStream.range(0, 200)
                .map(i -> i * 10_000)
                .mapToObj(events -> new Sample(events, nativeBytes.applyAsLong(events), 40, 100, 0))
                .toList();
    }
}

package dev.hemline.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTest {

    @Test
    void shouldCompareRoundByRoundSoThatABusyRoundFallsOnBoth() {
        // Given: in the second round something else took half of the machine
        Speed slow = Speed.of("slow", List.of(100.0, 50.0, 100.0));
        Speed fast = Speed.of("fast", List.of(200.0, 105.0, 225.0));

        Speed.Ratio ratio = fast.ratioTo(slow);

        assertThat(ratio.times()).isEqualTo(new Spread(2.1, 2.0, 2.25));
        assertThat(fast.imagesPerSecond()).isEqualTo(new Spread(200, 105, 225));
    }

    @Test
    void shouldTakeTheMiddleOneOfAnOddNumber() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    }
}

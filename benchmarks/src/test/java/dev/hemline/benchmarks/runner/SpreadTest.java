package dev.hemline.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void shouldBeWrittenWithAsManyDecimalsAsAskedFor() {
        assertThat(new Spread(1319, 1304.4, 1352).text(0)).isEqualTo("1,319 (1,304 to 1,352)");
        assertThat(new Spread(0.875, 0.8, 0.9).text(2)).isEqualTo("0.88 (0.80 to 0.90)");
    }
}

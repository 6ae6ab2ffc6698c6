package dev.hemline.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void shouldWarnOfFiguresOfABusyMachineOnly() {
        assertThat(new Lines().on(new Machine(2, 0.4))).containsExactly("");
        assertThat(new Lines().on(new Machine(2, -1))).containsExactly("");
        assertThat(new Lines().on(new Machine(2, 1.25))).last().asString().contains("load average 1.3 on 2 processors");
    }
}

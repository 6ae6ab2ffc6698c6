package dev.hemline.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BusyMachineTest {

    @Test
    void shouldWarnOfFiguresOfABusyMachineOnly() {
        assertThat(BusyMachine.warning(0.4, 2)).isEmpty();
        assertThat(BusyMachine.warning(-1, 2)).isEmpty();
        assertThat(BusyMachine.warning(1.25, 2)).last().asString().contains("load average 1.3 on 2 processors");
    }
}

package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadIdsTest {
    private final LoadIds ids = new LoadIds("hemline-0-1");

    @Test
    void shouldFindAnEventAgainByItsId() {
        assertThat(ids.id(42)).isEqualTo("hemline-0-1-00000042");
        assertThat(ids.has(ids.id(42))).isTrue();
        assertThat(ids.event(ids.id(42))).isEqualTo(42);
    }

    @Test
    void shouldTellItsOwnFromThoseOfOtherLoads() {
        assertThat(ids.has(new LoadIds("hemline-0-2").id(42))).isFalse();
        assertThat(ids.has(new LoadIds("hemline-0-11").id(42))).isFalse();
        assertThat(ids.has("hemline-0-1")).isFalse();
    }
}

package dev.hemline.quickstart.demo.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void shouldForgetAllButTheLastThousandForTheMoment() {
        add(3000, 500);
        add(1000, 20);

        assertThat(latencies.ofTheLast()).contains(new Quantiles(20, 20));
        assertThat(latencies.ofTheRun().orElseThrow().p50()).isBetween(499L, 501L);
    }

    @Test
    void shouldTakeAClockThatRunsAheadForNoLatency() {
        latencies.add(Duration.ofMillis(-5));

        assertThat(latencies.ofTheRun()).contains(new Quantiles(0, 0));
    }

    private void add(int times, long millis) {
        for (int i = 0; i < times; i++) {
            latencies.add(Duration.ofMillis(millis));
        }
    }
}

package dev.hemline.quality.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.SeriesLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LotSeriesTest {
    private static final RequestTally ONE_OF_TWO =
            RequestTally.NONE.plus(0.5, true).plus(0.25, false);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LotSeries series = new LotSeries(registry);

    private double of(String name, String version) {
        return registry.get(name).tag("version", version).gauge().value();
    }

    @Test
    void shouldAddUpThePartitionsThatAreHere() {
        series.show(List.of(
                Map.of("clothes/v000002", ONE_OF_TWO, "no version", ONE_OF_TWO),
                Map.of("clothes/v000002", ONE_OF_TWO, "clothes/v000001", new RequestTally(1, 1, 1, 7))));

        assertThat(of("hemline.requested.events", "2")).isEqualTo(12);
        assertThat(of("hemline.requested.correct.events", "2")).isEqualTo(4);
        assertThat(registry.find("hemline.requested.events").gauges()).hasSize(1);
    }

    @Test
    void shouldHaveFewSeriesAndNoneOfWhatHasGoneElsewhere() {
        Map<String, RequestTally> many = new HashMap<>();
        for (int version = 10; version <= 50; version++) {
            many.put("clothes/v0000" + version, ONE_OF_TWO);
        }

        series.show(List.of(many));
        assertThat(registry.find("hemline.requested.events").gauges()).hasSize(SeriesLimits.VERSIONS);
        assertThat(of("hemline.requested.events", "50")).isEqualTo(6);

        series.show(List.of());
        assertThat(registry.find("hemline.requested.events").gauges()).isEmpty();
    }
}

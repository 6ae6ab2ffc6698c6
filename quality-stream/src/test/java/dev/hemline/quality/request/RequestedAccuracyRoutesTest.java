package dev.hemline.quality.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.request.RequestedAccuracyRoutes.Report;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestedAccuracyRoutesTest {
    private static final RequestTally HALF_RIGHT =
            RequestTally.NONE.plus(0.5, true).plus(0.5, false);

    @Test
    void shouldAddUpWhatPartitionsHave() {
        Report report = RequestedAccuracyRoutes.of(
                new HashMap<>(Map.of(
                        0, Map.of("clothes/v000002", HALF_RIGHT, "clothes/v000001", HALF_RIGHT),
                        1, Map.of("clothes/v000002", HALF_RIGHT))),
                2);

        assertThat(report.complete()).isTrue();
        assertThat(report.versions()).hasSize(2);
        assertThat(report.versions().get(0).version()).isEqualTo(2);
        assertThat(report.versions().get(0).labels()).isEqualTo(4);
        assertThat(report.versions().get(0).accuracy()).isEqualTo(0.5);
    }

    @Test
    void shouldTellNothingWithoutAPartition() {
        Report report = RequestedAccuracyRoutes.of(new HashMap<>(Map.of(0, Map.of(), 7, Map.of())), 2);

        assertThat(report.complete()).isFalse();
        assertThat(report.versions()).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsNoVersionAndWhatCannotHaveBeenCounted() {
        Report report = RequestedAccuracyRoutes.of(
                new HashMap<>(
                        Map.of(0, Map.of("no version", HALF_RIGHT, "clothes/v000001", new RequestTally(1, 1, 1, 7)))),
                1);

        assertThat(report.complete()).isTrue();
        assertThat(report.versions()).isEmpty();
    }
}

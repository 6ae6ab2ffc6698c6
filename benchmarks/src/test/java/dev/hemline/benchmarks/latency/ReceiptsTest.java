package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static final Instant T0 = Instant.ofEpochSecond(1_000);

    private final LoadIds ids = new LoadIds("load");
    private final Schedule schedule = new Schedule(10, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final Receipts receipts = new Receipts(ids, schedule);

    private void receive(String id, int version, int millisAfterwards) {
        Instant capturedAt = T0.plus(ids.has(id) ? schedule.due(ids.event(id)) : Duration.ZERO);
        Classification result = Classification.newBuilder()
                .setId(id)
                .setSource("test")
                .setLabel(1)
                .setLabelName("one")
                .setConfidence(1f)
                .setProbabilities(List.of(0f, 1f))
                .setModelName("tested")
                .setModelVersion(version)
                .setModelSha256("000000000000")
                .setCapturedAt(capturedAt)
                .setClassifiedAt(capturedAt)
                .build();
        receipts.take(result, capturedAt.toEpochMilli() + millisAfterwards);
    }

    @Test
    void shouldTakeLatenciesFromWhenAnEventWasDueAndLeaveTheSettlingOut() {
        // Given: the first ten events are sent while the stream settles
        for (int event = 0; event < 10; event++) {
            receive(ids.id(event), 1, 5_000);
        }
        for (int event = 10; event < 20; event++) {
            receive(ids.id(event), 1, event == 19 ? 400 : event);
        }

        assertThat(receipts.received()).isEqualTo(20);
        assertThat(receipts.latency()).isEqualTo(new Latency(10, 14, 400, 400, 400));
    }

    @Test
    void shouldCountHowOftenAnotherVersionTookOver() {
        receive(ids.id(0), 1, 1);
        receive(ids.id(10), 2, 1);
        assertThat(receipts.swaps()).isZero();

        receive(ids.id(11), 3, 1);
        receive(ids.id(12), 2, 1);

        assertThat(receipts.swaps()).isEqualTo(1);
    }

    @Test
    void shouldPassOverResultsOfOtherLoads() {
        receive(new LoadIds("other").id(10), 1, 1);

        assertThat(receipts.received()).isZero();
        assertThat(receipts.latency().results()).isZero();
    }

    @Test
    void shouldNotFailWhereAResultSeemsToBeEarly() {
        receive(ids.id(10), 1, -1);

        assertThat(receipts.latency()).isEqualTo(new Latency(1, 0, 0, 0, 0));
    }
}

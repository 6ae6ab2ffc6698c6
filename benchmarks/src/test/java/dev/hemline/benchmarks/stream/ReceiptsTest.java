package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static final Instant T0 = Instant.ofEpochSecond(1_000);

    private final Schedule schedule = new Schedule("load", 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final Receipts receipts = new Receipts();

    @BeforeEach
    void expect() {
        receipts.expect(schedule);
    }

    private void receive(String id, int version, int millisAfterwards) {
        Instant capturedAt = T0.plus(schedule.has(id) ? schedule.due(schedule.event(id)) : Duration.ZERO);
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
            receive(schedule.id(event), 1, 5_000);
        }
        for (int event = 10; event < 20; event++) {
            receive(schedule.id(event), 1, event == 19 ? 400 : event);
        }

        assertThat(receipts.received()).isEqualTo(20);
        assertThat(receipts.latency()).isEqualTo(new Receipts.Latency(10, 14, 400, 400, 400));
    }

    @Test
    void shouldCountHowOftenAnotherVersionTookOver() {
        receive(schedule.id(0), 1, 1);
        receive(schedule.id(10), 2, 1);
        assertThat(receipts.swaps()).isZero();

        receive(schedule.id(11), 3, 1);
        receive(schedule.id(12), 2, 1);

        assertThat(receipts.swaps()).isEqualTo(1);
    }

    @Test
    void shouldPassOverResultsOfOtherLoads() {
        receive("other-00000010", 1, 1);

        assertThat(receipts.received()).isZero();
        assertThat(receipts.latency().results()).isZero();
    }

    @Test
    void shouldNotFailWhereAResultSeemsToBeEarly() {
        receive(schedule.id(10), 1, -1);

        assertThat(receipts.latency()).isEqualTo(new Receipts.Latency(1, 0, 0, 0, 0));
    }
}

package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.stream.Start.Step;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class StartLogTest {
    private final Start.Log log = new Start.Log("""
            Picked up JAVA_TOOL_OPTIONS
            10:15:30.100 WARN  Classifier - Models are programs, and unsigned ones are accepted
            10:15:30.900 INFO  MonitoringServer - Metrics on http://127.0.0.1:40123/metrics, readiness on /health/ready
            10:15:31.250 INFO  Classifier - Stream is REBALANCING
            10:15:31.400 INFO  Classifier - Stream is RUNNING
            10:15:31.750 INFO  ModelLifecycle - measured v1 serves, was nothing
            10:15:39.000 INFO  ModelLifecycle - measured v2 serves, was measured v1
            """);

    @Test
    void shouldFindEveryStepOnTheWayUp() {
        assertThat(log.first(Step.LOGGING)).contains(LocalTime.parse("10:15:30.100"));
        assertThat(log.first(Step.SERVER)).contains(LocalTime.parse("10:15:30.900"));
        assertThat(log.first(Step.RUNNING)).contains(LocalTime.parse("10:15:31.400"));
        assertThat(log.first(Step.MODEL)).contains(LocalTime.parse("10:15:31.750"));
    }

    @Test
    void shouldKnowWhereToAskForReadiness() {
        assertThat(log.port()).hasValue(40_123);
    }

    @Test
    void shouldNotKnowWhatWasNotSaid() {
        Start.Log young = new Start.Log("10:15:30.100 WARN  Classifier - Models are programs\n10:15:3");

        assertThat(young.port()).isEmpty();
        assertThat(young.first(Step.RUNNING)).isEmpty();
    }
}

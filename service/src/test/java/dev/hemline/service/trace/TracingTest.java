package dev.hemline.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.UserError;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
    /** Nobody listens there. */
    private static final Map<String, String> ON = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1");

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String traceparent) {
        var record = new ConsumerRecord<byte[], byte[]>("image-events", partition, offset, null, new byte[0]);
        record.headers().add("traceparent", traceparent.getBytes(UTF_8));
        return record;
    }

    private static String traceparent(Headers headers) {
        return new String(headers.lastHeader("traceparent").value(), UTF_8);
    }

    @Test
    void shouldFollowNothingWithoutAnEndpoint() {
        assertThat(Tracing.of("test", Map.of("OTEL_SERVICE_NAME", "mine", "OTEL_EXPORTER_OTLP_ENDPOINT", "")))
                .isSameAs(Tracing.OFF);
        assertThat(Tracing.OFF.received(record(0, 1, SAMPLED))).isSameAs(RecordTrace.NONE);
    }

    @Test
    void shouldFollowWhatItsSenderFollowsAndNothingElse() {
        try (Tracing tracing = Tracing.of("test", ON)) {
            assertThat(tracing.received(record(0, 1, SAMPLED))).isNotSameAs(RecordTrace.NONE);
            assertThat(tracing.received(record(0, 2, SAMPLED.replace("-01", "-00"))))
                    .isSameAs(RecordTrace.NONE);
            assertThat(tracing.received(record(0, 3, "rubbish"))).isSameAs(RecordTrace.NONE);
        }
    }

    @Test
    void shouldTellARecordInItsTurnByItsPlaceAndOnlyOnce() {
        try (Tracing tracing = Tracing.of("test", ON)) {
            RecordTrace followed = tracing.received(record(2, 7, SAMPLED));
            tracing.received(record(3, 7, SAMPLED));

            assertThat(tracing.received(record(2, 7, SAMPLED))).isSameAs(followed);
            assertThat(tracing.turn(2, 8)).isSameAs(RecordTrace.NONE);
            assertThat(tracing.turn(2, 7)).isSameAs(followed);
            assertThat(tracing.turn(2, 7)).isSameAs(RecordTrace.NONE);
            tracing.forget(3);
            assertThat(tracing.turn(3, 7)).isSameAs(RecordTrace.NONE);
        }
    }

    @Test
    void shouldPutWhatComesOfARecordUnderASpanOfItsOwnAndLeaveTheRecordAsItCame() {
        try (Tracing tracing = Tracing.of("test", ON)) {
            ConsumerRecord<byte[], byte[]> record = record(0, 1, SAMPLED);
            record.headers().add("tracestate", "vendor=a".getBytes(UTF_8)).add("mine", new byte[] {1});

            Headers carried = tracing.received(record).carriedOn(record.headers());

            assertThat(traceparent(carried))
                    .startsWith("00-" + TRACE)
                    .endsWith("-01")
                    .isNotEqualTo(SAMPLED);
            assertThat(carried.headers("traceparent")).hasSize(1);
            assertThat(carried.lastHeader("tracestate").value()).isEqualTo("vendor=a".getBytes(UTF_8));
            assertThat(carried.lastHeader("mine").value()).containsExactly(1);
            assertThat(traceparent(record.headers())).isEqualTo(SAMPLED);
            assertThat(RecordTrace.NONE.carriedOn(new RecordHeaders())).isEmpty();
        }
    }

    @Test
    void shouldSayWhichSettingCannotBeFollowed() {
        assertThatThrownBy(() -> Tracing.of("test", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("OTEL_")
                .hasMessageContaining("collector:4318");
        assertThatThrownBy(() -> Tracing.of(
                        "test",
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://localhost:1",
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "grpc")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("http/protobuf");
    }
}

package dev.hemline.service.trace;

import dev.hemline.service.UserError;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows the records of one topic whose header {@code traceparent} asks for it, from their poll to the commit of what came of
 * them. Thread-safe. No trace is begun here: whoever sends an event decides whether it is followed.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public interface Tracing extends AutoCloseable {
    /** Follows nothing, and costs as much. */
    Tracing OFF = new Tracing() {};

    /** Which of OpenTelemetry's variables turn it on. */
    List<String> ENDPOINTS = List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /**
     * As OpenTelemetry's variables say; off where they name no endpoint.
     *
     * @param service what it is called unless they say otherwise
     * @throws UserError if they cannot be followed
     */
    static Tracing of(String service, Map<String, String> environment) {
        return ENDPOINTS.stream()
                        .allMatch(name -> environment.getOrDefault(name, "").isBlank())
                ? OFF
                : OpenTelemetryTracing.start(service, environment);
    }

    /** A record was polled and begins to wait; said again of the same record, it waits on. */
    default RecordTrace received(ConsumerRecord<?, ?> record) {
        return RecordTrace.NONE;
    }

    /** The record has its turn; what was told of it is asked for once. */
    default RecordTrace turn(int partition, long offset) {
        return RecordTrace.NONE;
    }

    /**
     * The network begins to run for some records, all of which begin with their inference.
     *
     * @param model whose network it is, as {@code fashion-mnist v12}
     */
    default <T> BatchTrace infers(List<T> records, Function<T, RecordTrace> trace, String model) {
        return BatchTrace.NONE;
    }

    /** What this thread forwarded is committed. */
    default void committed() {}

    /** What this thread forwarded will be done again. */
    default void aborted() {}

    /** The records of this partition that wait for their turn will not have it here. */
    default void forget(int partition) {}

    /** By which measurements find their examples; empty where there are none. */
    default Optional<SpanContext> exemplars() {
        return Optional.empty();
    }

    /** Sends what is there, within two seconds. */
    @Override
    default void close() {}
}

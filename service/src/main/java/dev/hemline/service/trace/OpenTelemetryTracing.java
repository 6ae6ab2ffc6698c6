package dev.hemline.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.hemline.service.UserError;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Spans by OpenTelemetry's SDK, named and described as its conventions for messaging have it, sent by OTLP. */
final class OpenTelemetryTracing implements Tracing {
    /** Held for good: the JDK's loggers forget what they were told once nobody holds them. */
    private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

    private static final String HTTP = "http/protobuf";

    /** Where nothing else is said. A transaction ends thousands of spans at once, and those of a batch link to each of its records. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.exporter.otlp.protocol", HTTP,
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.bsp.max.queue.size", "16384",
            "otel.span.link.count.limit", "1024");

    private static final long CLOSE_SECONDS = 2;
    /** Of one thread: where commits are half a minute apart, spans that wait for one must not fill the memory. */
    private static final int MOST_UNCOMMITTED = 10_000;

    private static final TextMapGetter<Headers> HEADERS = (headers, name) -> {
        Header header = headers == null ? null : headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    };

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final Map<Place, Followed> underWay = new ConcurrentHashMap<>();
    private final ThreadLocal<List<Followed>> uncommitted = ThreadLocal.withInitial(ArrayList::new);

    private record Place(int partition, long offset) {}

    private OpenTelemetryTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        tracer = sdk.getTracer("dev.hemline");
    }

    static OpenTelemetryTracing start(String service, Map<String, String> environment) {
        SDK_LOG.setUseParentHandlers(false);
        if (SDK_LOG.getHandlers().length == 0) {
            SDK_LOG.addHandler(new SLF4JBridgeHandler());
        }
        Map<String, String> settings = new HashMap<>(DEFAULTS);
        settings.put("otel.service.name", service);
        settings.putAll(environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("OTEL_"))
                .filter(variable -> !variable.getValue().isBlank())
                .collect(toMap(variable -> property(variable.getKey()), Map.Entry::getValue)));
        requireHttp(settings);
        try {
            return new OpenTelemetryTracing(AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> settings)
                    .build()
                    .getOpenTelemetrySdk());
        } catch (RuntimeException e) {
            throw new UserError("Traces cannot be sent as the variables OTEL_… say: " + e.getMessage(), e);
        }
    }

    /** What else there is needs a client of its own. */
    private static void requireHttp(Map<String, String> settings) {
        for (String name : List.of("otel.exporter.otlp.protocol", "otel.exporter.otlp.traces.protocol")) {
            String protocol = settings.getOrDefault(name, HTTP);
            if (!protocol.equals(HTTP)) {
                throw new UserError(variable(name) + " is " + protocol + "; traces are sent as " + HTTP
                        + ", for which most collectors listen on port 4318");
            }
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    @Override
    public RecordTrace received(ConsumerRecord<?, ?> record) {
        Context sender = W3CTraceContextPropagator.getInstance().extract(Context.root(), record.headers(), HEADERS);
        if (!Span.fromContext(sender).getSpanContext().isSampled()) {
            return RecordTrace.NONE;
        }
        Followed followed = underWay.computeIfAbsent(
                new Place(record.partition(), record.offset()), place -> new Followed(record, sender));
        return followed;
    }

    @Override
    public RecordTrace turn(int partition, long offset) {
        RecordTrace followed = underWay.isEmpty() ? null : underWay.remove(new Place(partition, offset));
        return followed == null ? RecordTrace.NONE : followed;
    }

    @Override
    public <T> BatchTrace infers(List<T> records, Function<T, RecordTrace> trace, String model) {
        List<Followed> followed = new ArrayList<>();
        for (T record : records) {
            if (trace.apply(record) instanceof Followed one) {
                followed.add(one);
            }
        }
        return followed.isEmpty() ? BatchTrace.NONE : infer(followed, records.size(), model);
    }

    /** The batch belongs to many traces and is a child of none: it has a trace of its own, and links lead there and back. */
    private BatchTrace infer(List<Followed> followed, int images, String model) {
        SpanBuilder builder = tracer.spanBuilder("batch")
                .setNoParent()
                .setAttribute("messaging.batch.message_count", images)
                .setAttribute("hemline.model", model);
        followed.forEach(one -> builder.addLink(one.span.getSpanContext()));
        Span batch = builder.startSpan();
        followed.forEach(one -> one.infers(batch));
        return failure -> {
            if (failure != null) {
                batch.setStatus(StatusCode.ERROR).recordException(failure);
            }
            batch.end();
            followed.forEach(Followed::ends);
        };
    }

    @Override
    public void committed() {
        List<Followed> done = uncommitted.get();
        done.forEach(Followed::finish);
        done.clear();
    }

    @Override
    public void aborted() {
        List<Followed> again = uncommitted.get();
        again.forEach(one -> one.giveUp("the transaction was aborted; the event is taken again"));
        again.clear();
    }

    @Override
    public void forget(int partition) {
        underWay.forEach((place, followed) -> {
            if (place.partition() == partition && underWay.remove(place, followed)) {
                followed.giveUp("its partition was given back before its turn; the event is taken again");
            }
        });
    }

    @Override
    public Optional<SpanContext> exemplars() {
        return Optional.of(new CurrentSpan());
    }

    @Override
    public void close() {
        sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Followed implements RecordTrace {
        private final Span span;
        private final Context context;
        private volatile Span step = Span.getInvalid();

        Followed(ConsumerRecord<?, ?> record, Context sender) {
            span = tracer.spanBuilder("process " + record.topic())
                    .setParent(sender)
                    .setSpanKind(SpanKind.CONSUMER)
                    .setAttribute("messaging.system", "kafka")
                    .setAttribute("messaging.operation.type", "process")
                    .setAttribute("messaging.operation.name", "process")
                    .setAttribute("messaging.destination.name", record.topic())
                    .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                    .setAttribute("messaging.kafka.offset", record.offset())
                    .startSpan();
            context = Context.root().with(span);
            begins(Step.WAIT);
        }

        @Override
        public void begins(Step next) {
            step.end();
            step = builder(next).startSpan();
        }

        void infers(Span batch) {
            step.end();
            step = builder(Step.INFERENCE).addLink(batch.getSpanContext()).startSpan();
        }

        private SpanBuilder builder(Step next) {
            return tracer.spanBuilder(next.name().toLowerCase(Locale.ROOT)).setParent(context);
        }

        @Override
        public void ends() {
            step.end();
        }

        @Override
        @SuppressWarnings("MustBeClosedChecker") // by who closes what is returned
        public Scope makeCurrent() {
            return context.makeCurrent()::close;
        }

        @Override
        public Headers carriedOn(Headers headers) {
            Headers carried = new RecordHeaders(headers.toArray());
            W3CTraceContextPropagator.getInstance()
                    .inject(
                            context,
                            carried,
                            (all, name, value) -> all.remove(name).add(name, value.getBytes(UTF_8)));
            return carried;
        }

        @Override
        public void forwarded(@Nullable String rejection) {
            if (rejection != null) {
                span.setStatus(StatusCode.ERROR).setAttribute("error.type", rejection);
            }
            begins(Step.COMMIT);
            List<Followed> mine = uncommitted.get();
            if (mine.size() < MOST_UNCOMMITTED) {
                mine.add(this);
            } else {
                finish();
            }
        }

        void finish() {
            step.end();
            span.end();
        }

        void giveUp(String why) {
            span.setStatus(StatusCode.ERROR, why);
            finish();
        }
    }

    /** The span of the record that this thread measures for. */
    private static final class CurrentSpan implements SpanContext {
        @Override
        public @Nullable String getCurrentTraceId() {
            io.opentelemetry.api.trace.SpanContext span = Span.current().getSpanContext();
            return span.isValid() ? span.getTraceId() : null;
        }

        @Override
        public @Nullable String getCurrentSpanId() {
            io.opentelemetry.api.trace.SpanContext span = Span.current().getSpanContext();
            return span.isValid() ? span.getSpanId() : null;
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return Span.current().getSpanContext().isSampled();
        }

        @Override
        public void markCurrentSpanAsExemplar() {
            // Nothing is kept or left out by it.
        }
    }
}

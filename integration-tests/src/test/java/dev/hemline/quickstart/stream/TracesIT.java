package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.hemline.event.GroundTruth;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a collector hears of events that are followed, and where their traces go on; a classifier in a JVM of its own. */
class TracesIT {
    private static final String SENDER = "b7ad6b7169203331";
    private static final String FIRST = "0af7651916cd43dd8448eb211c80319c";
    private static final String SECOND = "1af7651916cd43dd8448eb211c80319c";
    private static final String UNSAMPLED = "2af7651916cd43dd8448eb211c80319c";
    private static final String BROKEN = "3af7651916cd43dd8448eb211c80319c";
    private static final String PROCESS = "process image-events";

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    static Path folder;

    private static OtlpReceiver collector;
    private static ChildClassifier classifier;

    /** Events that are there before the classifier, so that they are one batch. */
    @BeforeAll
    static void classify() throws Exception {
        TestModels.publish(BROKER.settings(), 1);
        try (KafkaProducer<byte[], byte[]> producer = BROKER.clients().bytesProducer()) {
            send(producer, Topics.IMAGE_EVENTS, traceparent(FIRST, "01"), image("first"));
            send(producer, Topics.IMAGE_EVENTS, traceparent(SECOND, "01"), image("second"));
            send(producer, Topics.IMAGE_EVENTS, traceparent(UNSAMPLED, "00"), image("unsampled"));
            send(producer, Topics.IMAGE_EVENTS, "", image("untraced"));
            send(producer, Topics.IMAGE_EVENTS, traceparent(BROKEN, "01"), new byte[] {1, 2, 3});
            send(producer, Topics.GROUND_TRUTH, "", label("first"));
        }
        collector = new OtlpReceiver();
        classifier = ChildClassifier.start(
                BROKER.settings(),
                folder,
                "traced",
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "200"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Stream.of(FIRST, SECOND, BROKEN)
                                .allMatch(
                                        trace -> collector.spans().stream().anyMatch(span -> is(span, trace, PROCESS))))
                        .as(classifier.log())
                        .isTrue());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        classifier.stop();
        collector.close();
    }

    private static String traceparent(String trace, String flags) {
        return "00-" + trace + "-" + SENDER + "-" + flags;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic<?, ?> topic, String trace, byte[] value) {
        var record = new ProducerRecord<byte[], byte[]>(topic.name(), 0, null, value);
        if (!trace.isEmpty()) {
            record.headers().add("traceparent", trace.getBytes(UTF_8));
        }
        var unused = producer.send(record);
    }

    private static byte[] image(String id) {
        return Topics.IMAGE_EVENTS
                .valueSerde()
                .serializer()
                .serialize("", TestEvents.image(id).setCapturedAt(Instant.now()).build());
    }

    private static byte[] label(String id) {
        return Topics.GROUND_TRUTH
                .valueSerde()
                .serializer()
                .serialize("", new GroundTruth(id, 1, Instant.now(), "test"));
    }

    private static boolean is(Span span, String trace, String name) {
        return hex(span.getTraceId()).equals(trace) && span.getName().equals(name);
    }

    private static Span span(String trace, String name) {
        return collector.spans().stream()
                .filter(span -> is(span, trace, name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> namesOf(String trace) {
        return collector.spans().stream()
                .filter(span -> hex(span.getTraceId()).equals(trace))
                .map(Span::getName)
                .toList();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** Headers {@code traceparent} of the records that are there and belong to a trace. */
    private static List<String> carriedOn(Topic<?, ?> topic, String trace) {
        return BROKER.clients().readAll(topic).stream()
                .flatMap(record -> Stream.of(record.headers().toArray()))
                .filter(header -> header.key().equals("traceparent"))
                .map(Header::value)
                .map(value -> new String(value, UTF_8))
                .filter(value -> value.contains(trace))
                .toList();
    }

    @Test
    void shouldTellOfEachStepUnderTheSendersSpan() {
        Span process = span(FIRST, PROCESS);
        List<Span> steps = Stream.of("wait", "decode", "inference", "commit")
                .map(name -> span(FIRST, name))
                .toList();

        assertThat(hex(process.getParentSpanId())).isEqualTo(SENDER);
        assertThat(process.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(namesOf(FIRST)).hasSize(5);
        assertThat(steps).allSatisfy(step -> assertThat(step.getParentSpanId()).isEqualTo(process.getSpanId()));
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).getStartTimeUnixNano())
                    .isGreaterThanOrEqualTo(steps.get(i - 1).getEndTimeUnixNano());
        }
        assertThat(process.getEndTimeUnixNano())
                .isGreaterThanOrEqualTo(steps.get(3).getEndTimeUnixNano());
    }

    @Test
    void shouldLinkABatchAndItsEventsToEachOther() {
        Span.Link link = span(FIRST, "inference").getLinks(0);

        Span batch = span(hex(link.getTraceId()), "batch");
        assertThat(batch.getSpanId()).isEqualTo(link.getSpanId());
        assertThat(batch.getLinksList())
                .extracting(Span.Link::getSpanId)
                .containsExactly(
                        span(FIRST, PROCESS).getSpanId(), span(SECOND, PROCESS).getSpanId());
        assertThat(batch.getAttributesList())
                .filteredOn(attribute -> attribute.getKey().equals("messaging.batch.message_count"))
                .singleElement()
                .satisfies(images -> assertThat(images.getValue().getIntValue()).isEqualTo(4));
    }

    @Test
    void shouldSayWhyAnEventWasRejected() {
        Span process = span(BROKEN, PROCESS);

        assertThat(namesOf(BROKEN)).containsExactlyInAnyOrder("wait", "commit", PROCESS);
        assertThat(process.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(process.getAttributesList())
                .anySatisfy(attribute ->
                        assertThat(attribute.getValue().getStringValue()).isEqualTo("undecodable-event"));
    }

    @Test
    void shouldCarryTheTraceOnToTheResultAndItsScoreAndLeaveADeadLetterAsItCame() {
        String ours = "00-" + FIRST + "-" + hex(span(FIRST, PROCESS).getSpanId()) + "-01";

        assertThat(carriedOn(Topics.CLASSIFICATIONS, FIRST)).containsExactly(ours);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(carriedOn(Topics.SCORES, FIRST)).containsExactly(ours));
        assertThat(carriedOn(Topics.IMAGE_EVENTS_DLQ, BROKEN)).containsExactly(traceparent(BROKEN, "01"));
    }

    @Test
    void shouldTellNothingOfAnEventThatItsSenderDoesNotFollow() {
        assertThat(namesOf(UNSAMPLED)).isEmpty();
        assertThat(carriedOn(Topics.CLASSIFICATIONS, UNSAMPLED)).containsExactly(traceparent(UNSAMPLED, "00"));
    }

    @Test
    void shouldNameAnEventAsAnExampleOfItsLatency() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + classifier.page().port() + "/metrics"))
                .header("Accept", "application/openmetrics-text")
                .build();

        String series = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();

        assertThat(series)
                .containsPattern(
                        "hemline_end_to_end_seconds_bucket\\{.* # \\{.*trace_id=\"(" + FIRST + "|" + SECOND + ")\"");
    }
}

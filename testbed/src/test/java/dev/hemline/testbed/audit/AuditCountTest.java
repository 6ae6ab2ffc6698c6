package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import dev.hemline.topic.EventSerde;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditCountTest {
    private static final byte[] GARBAGE = {(byte) 0xFF, 1, 2, 3};

    private final AuditCount count = new AuditCount();
    private long offset;

    @Test
    void shouldFindNothingWrongWhenEveryEventHasOneOutcome() {
        sent("a", "b", "c");
        classified("c", "a");
        rejected("b");

        AuditReport report = count.report();

        assertThat(report.exactlyOnce()).isTrue();
        assertThat(report.sent()).isEqualTo(3);
        assertThat(report.classified()).isEqualTo(2);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.earlier()).isZero();
    }

    @Test
    void shouldMissAnEventWithoutOutcome() {
        sent("a", "b", "c");
        classified("a", "c");

        AuditReport report = count.report();

        assertThat(report.exactlyOnce()).isFalse();
        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.duplicated()).isZero();
    }

    @Test
    void shouldSeeADoubledResult() {
        sent("a", "b");
        classified("a", "b", "a");

        AuditReport report = count.report();

        assertThat(report.exactlyOnce()).isFalse();
        assertThat(report.missing()).isZero();
        assertThat(report.duplicated()).isEqualTo(1);
    }

    @Test
    void shouldNotSetAMissingEventOffAgainstADoubledOne() {
        sent("a", "b", "c");
        classified("a", "a", "c");

        AuditReport report = count.report();

        assertThat(report.classified()).isEqualTo(report.sent());
        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.duplicated()).isEqualTo(1);
    }

    @Test
    void shouldSeeAnEventThatWasBothClassifiedAndRejected() {
        sent("a");
        classified("a");
        rejected("a");

        assertThat(count.report().duplicated()).isEqualTo(1);
    }

    @Test
    void shouldExpectAsManyOutcomesAsAnIdWasSent() {
        sent("a", "a", "b");
        classified("a", "b");

        assertThat(count.report().missing()).isEqualTo(1);
    }

    @Test
    void shouldCountOutcomesOfEventsFromBeforeApart() {
        sent("a");
        classified("a", "from-before");
        rejected("also-from-before");

        AuditReport report = count.report();

        assertThat(report.exactlyOnce()).isTrue();
        assertThat(report.classified()).isEqualTo(1);
        assertThat(report.rejected()).isZero();
        assertThat(report.earlier()).isEqualTo(2);
    }

    @Test
    void shouldKnowUndecodableEventsByTheirKey() {
        count.event(record("image-events", "broken", GARBAGE, Map.of()));
        count.deadLetter(record("image-events-dlq", "broken", GARBAGE, Map.of()));

        assertThat(count.report().exactlyOnce()).isTrue();
        assertThat(count.report().rejected()).isEqualTo(1);
    }

    @Test
    void shouldKnowUndecodableEventsWithoutKeyByTheirPlace() {
        ConsumerRecord<byte[], byte[]> first = record("image-events", null, GARBAGE, Map.of());
        ConsumerRecord<byte[], byte[]> second = record("image-events", null, null, Map.of());
        count.event(first);
        count.event(second);
        count.deadLetter(record("image-events-dlq", null, GARBAGE, headersOf(first)));
        count.deadLetter(record("image-events-dlq", null, GARBAGE, headersOf(first)));

        AuditReport report = count.report();

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.duplicated()).isEqualTo(1);
    }

    @Test
    void shouldJudgeEveryVersionByLabelsThatCameWithTheEventOrLater() {
        event(TestEvents.image("inline").setLabel(9));
        event(TestEvents.image("late"));
        event(TestEvents.image("never"));
        count.truth(record("ground-truth", "late", encoded(truth("late", 3)), Map.of()));
        classified("inline", "late", "never");

        assertThat(count.report().versions()).containsExactly(Map.entry(1, new VersionCounts(3, 2, 1)));
    }

    @Test
    void shouldMeasureThroughputOverTheTimeOfResults() {
        sent("a", "b", "c");
        for (String id : new String[] {"a", "b", "c"}) {
            result(TestEvents.classification(id, 1).setClassifiedAt(TestEvents.NOON.plusMillis(10 * offset)));
        }

        assertThat(count.report().span()).isEqualTo(Duration.ofMillis(20));
        assertThat(count.report().throughput()).isEqualTo(100);
    }

    private void sent(String... ids) {
        for (String id : ids) {
            event(TestEvents.image(id));
        }
    }

    private void event(ImageEvent.Builder event) {
        count.event(record("image-events", event.getId(), encoded(event.build()), Map.of()));
    }

    private void classified(String... ids) {
        for (String id : ids) {
            result(TestEvents.classification(id, 1));
        }
    }

    private void result(Classification.Builder result) {
        count.result(record("classifications", result.getId(), encoded(result.build()), Map.of()));
    }

    private void rejected(String id) {
        byte[] asReceived = encoded(TestEvents.image(id).build());
        count.deadLetter(record("image-events-dlq", id, asReceived, Map.of()));
    }

    private static GroundTruth truth(String id, int label) {
        return GroundTruth.newBuilder()
                .setId(id)
                .setLabel(label)
                .setLabelledAt(TestEvents.NOON)
                .setBy("test")
                .build();
    }

    private static Map<String, String> headersOf(ConsumerRecord<?, ?> event) {
        return Map.of(
                "__streams.errors.topic", event.topic(),
                "__streams.errors.partition", Integer.toString(event.partition()),
                "__streams.errors.offset", Long.toString(event.offset()));
    }

    private static byte[] encoded(ImageEvent event) {
        return EventSerde.of(ImageEvent.class).encode(event);
    }

    private static byte[] encoded(Classification result) {
        return EventSerde.of(Classification.class).encode(result);
    }

    private static byte[] encoded(GroundTruth truth) {
        return EventSerde.of(GroundTruth.class).encode(truth);
    }

    private ConsumerRecord<byte[], byte[]> record(
            String topic, @Nullable String key, byte @Nullable [] value, Map<String, String> texts) {
        Headers headers = new RecordHeaders();
        texts.forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
        return new ConsumerRecord<>(
                topic, 0, offset++, 0L, TimestampType.CREATE_TIME, 0, 0, keyBytes, value, headers, Optional.empty());
    }
}

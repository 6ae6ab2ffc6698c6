package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.Score;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.audit.AuditReport.VersionCounts;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.RegisteredSchemas;
import dev.hemline.topic.WritersSchema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCountTest {
    private static final byte[] GARBAGE = {(byte) 0xFF, 1, 2, 3};

    private final AuditCount count = new AuditCount(EventFormats.DEFAULT);
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
    void shouldTakeNothingThatNobodyCanReadForALabelAResultOrAScore() {
        sent("a");
        byte[] nothing = {1, 2, 3};

        count.truth(record("ground-truth", "a", nothing, Map.of()));
        count.result(record("classifications", "a", nothing, Map.of()));
        count.score(record("scores", "a", nothing, Map.of()));

        assertThat(count.report().missing()).isEqualTo(1);
        assertThat(count.report().classified()).isZero();
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
    void shouldKnowEventsOfEveryFormatAgainByTheirOutcomes() {
        byte[] picture = "GIF89a".getBytes(UTF_8);
        ConsumerRecord<byte[], byte[]> answered = record("image-events", null, picture, Map.of());
        ConsumerRecord<byte[], byte[]> refused = record("image-events", null, picture, Map.of());
        ConsumerRecord<byte[], byte[]> json =
                record("image-events", "key", "{\"id\":\"a\",\"content\":\"\"}".getBytes(UTF_8), Map.of());
        ConsumerRecord<byte[], byte[]> cloudEvent = record("image-events", "key", picture, Map.of("ce_id", "b"));
        List.of(answered, refused, json, cloudEvent).forEach(count::event);

        classified("image-events-0@" + answered.offset(), "a", "b");
        count.deadLetter(record("image-events-dlq", null, picture, headersOf(refused)));

        AuditReport report = count.report();
        assertThat(report.exactlyOnce()).isTrue();
        assertThat(report.earlier()).isZero();
    }

    private static byte[] registered(String id) {
        byte[] event = encoded(TestEvents.image(id).build());
        int header = EventSerde.of(ImageEvent.class).header().length;
        return ByteBuffer.allocate(5 + event.length - header)
                .put(new byte[] {0, 0, 0, 0, 7})
                .put(event, header, event.length - header)
                .array();
    }

    /** An audit that asks the classifiers' registry knows the ids inside; one that asks none goes by keys that are the ids. */
    @ParameterizedTest
    @CsvSource({"true, key", "false, inside"})
    void shouldKnowEventsOfARegistrysSchemasAgainByTheirLetters(boolean asked, String key) {
        WritersSchema schema =
                WritersSchema.parse(List.of(ImageEvent.getClassSchema().toString()));
        var registry = new RegisteredSchemas(id -> CompletableFuture.completedFuture(schema));
        var counting = new AuditCount(asked ? EventFormats.DEFAULT.reading(registry) : EventFormats.DEFAULT);
        ConsumerRecord<byte[], byte[]> event = record("image-events", key, registered("inside"), Map.of());
        counting.event(event);
        counting.event(record("image-events", key, new byte[] {0, 1}, Map.of()));

        Map<String, String> headers = new HashMap<>(headersOf(event));
        headers.put("hemline.event-id", "inside");
        counting.deadLetter(record("image-events-dlq", key, null, headers));
        counting.deadLetter(record("image-events-dlq", key, new byte[] {0, 1}, headersOf(event)));

        AuditReport report = counting.report();
        assertThat(report.exactlyOnce()).isTrue();
        assertThat(report.rejected()).isEqualTo(2);
    }

    @Test
    void shouldKnowACloudEventThatCannotBeReadByItsId() {
        count.event(record("image-events", "shelf-4", GARBAGE, Map.of("ce_id", "a")));
        count.event(record("image-events", "shelf-4", GARBAGE, Map.of("ce_id", "b")));
        count.deadLetter(record("image-events-dlq", "shelf-4", GARBAGE, Map.of("ce_id", "a")));
        count.deadLetter(record("image-events-dlq", "shelf-4", GARBAGE, Map.of("ce_id", "a")));

        assertThat(count.report().missing()).isEqualTo(1);
        assertThat(count.report().duplicated()).isEqualTo(1);
    }

    /** Only a letter's headers are of its classifier. */
    @Test
    void shouldNotLetASenderSayWhatItsEventIsCalled() {
        count.event(record("image-events", "a", GARBAGE, Map.of("hemline.event-id", "b")));
        count.deadLetter(record("image-events-dlq", "a", GARBAGE, Map.of()));

        assertThat(count.report().exactlyOnce()).isTrue();
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
        count.truth(record("ground-truth", "late", encoded(truth("late", 3, TestEvents.NOON)), Map.of()));
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

    @Test
    void shouldKeepAMillionEventsApart() {
        LongStream fingerprints =
                IntStream.range(0, 1_000_000).mapToObj(AuditCountTest::name).mapToLong(AuditCount::fingerprint);

        assertThat(fingerprints.distinct().count()).isEqualTo(1_000_000);
    }

    @Test
    void shouldFindTheOneThatIsMissingAndTheOneThatIsDoubledAmongMany() {
        IntStream.range(0, 20_000).mapToObj(AuditCountTest::name).forEach(this::sent);
        IntStream.range(0, 20_000)
                .filter(i -> i != 4711)
                .mapToObj(AuditCountTest::name)
                .forEach(this::classified);
        classified(name(42));

        assertThat(count.report().missing()).isEqualTo(1);
        assertThat(count.report().duplicated()).isEqualTo(1);
    }

    private static String name(int event) {
        return "shop-20260301T120000Z-3fa9c17b-" + event;
    }

    @Test
    void shouldCountEveryOutcomeOfAnEvent() {
        event(TestEvents.image("a").setLabel(9));
        for (int i = 0; i < 1000; i++) {
            classified("a");
        }

        assertThat(count.report().duplicated()).isEqualTo(999);
        assertThat(count.report().versions()).containsExactly(Map.entry(1, new VersionCounts(1000, 1000, 1000)));
    }

    @Test
    void shouldLetTheLabelStandThatWasFoundOutLast() {
        sent("a", "b", "without a label");
        truth("a", 3, 5);
        truth("a", 4, 7);
        truth("a", 5, 6);
        truth("b", 1, 5);
        truth("b", 2, 5);
        result("a", 1);
        result("b", 1);
        result("without a label", 1);

        assertThat(count.report().scores().recounted()).isEqualTo(Map.of(new Cell(1, 4, 9), 1L, new Cell(1, 2, 9), 1L));
    }

    @Test
    void shouldCountAnAnswerOfEveryVersionOnce() {
        sent("a");
        truth("a", 9, 5);
        result("a", 1);
        result("a", 1);
        result("a", 2);

        assertThat(count.report().scores().recounted()).isEqualTo(Map.of(new Cell(1, 9, 9), 1L, new Cell(2, 9, 9), 1L));
    }

    @Test
    void shouldAddScoresUpAndMoveThoseThatReplaceOthers() {
        sent("a", "b");
        score("a", 3, null);
        score("b", 3, null);
        score("a", 9, 3);

        ScoreCheck scores = count.report().scores();
        assertThat(scores.scored()).isEqualTo(Map.of(new Cell(1, 3, 9), 1L, new Cell(1, 9, 9), 1L));
        assertThat(scores.scoredAccuracy(1)).hasValue(0.5);
        assertThat(scores.scoredAccuracy(2)).isEmpty();
    }

    @Test
    void shouldSeeAScoreThatIsMissingAndOneThatIsDoubled() {
        sent("a", "b");
        truth("a", 9, 5);
        truth("b", 9, 5);
        result("a", 1);
        result("b", 1);
        score("a", 9, null);
        assertThat(count.report().scores().agrees()).isFalse();

        score("b", 9, null);
        assertThat(count.report().scores().agrees()).isTrue();

        score("b", 9, null);
        assertThat(count.report().scores().agrees()).isFalse();
    }

    private void truth(String id, int label, int second) {
        count.truth(
                record("ground-truth", id, encoded(truth(id, label, TestEvents.NOON.plusSeconds(second))), Map.of()));
    }

    /** As if it were an ankle boot, label 9. */
    private void result(String id, int version) {
        result(TestEvents.classification(id, version).setProbabilities(Collections.nCopies(10, 0.1f)));
    }

    private void score(String id, int actual, @Nullable Integer replaces) {
        var score = new Score(id, "fashion-mnist", 1, 9, actual, 0.5f, 0L, replaces, "", "it");
        count.score(record("scores", id, EventSerde.of(Score.class).encode(score), Map.of()));
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

    private static GroundTruth truth(String id, int label, Instant at) {
        return new GroundTruth(id, label, at, "test");
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

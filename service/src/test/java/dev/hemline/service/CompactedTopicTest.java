package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CompactedTopicTest {
    private static final TopicPartition ONLY = new TopicPartition(Topics.MODEL_STATUS.name(), 0);
    private static final ModelStatus STATUS = ModelStatus.newBuilder()
            .setInstance("i")
            .setApplicationId("hemline")
            .setModel("m")
            .setVersion(1)
            .setState(ModelState.SERVING)
            .setSince(Instant.EPOCH)
            .setAt(Instant.EPOCH)
            .build();
    private static final byte[] BYTES =
            Topics.MODEL_STATUS.valueSerde().serializer().serialize(ONLY.topic(), STATUS);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, ModelStatus> producer = new MockProducer<>(
            false,
            null,
            new StringSerializer(),
            Topics.MODEL_STATUS.valueSerde().serializer());
    private final CompactedTopic<ModelStatus> topic = topic(consumer, Duration.ofSeconds(1));
    private final List<String> heard = new ArrayList<>();
    private long next;

    private CompactedTopic<ModelStatus> topic(MockConsumer<byte[], byte[]> reading, Duration patience) {
        return new CompactedTopic<>(
                Topics.MODEL_STATUS,
                key -> key.startsWith("hemline/"),
                patience,
                SchemaTopic.on(Map.of()),
                () -> reading,
                () -> producer);
    }

    private void isThere(MockConsumer<byte[], byte[]> reading) {
        reading.updatePartitions(ONLY.topic(), List.of(new PartitionInfo(ONLY.topic(), 0, null, null, null)));
        reading.updateBeginningOffsets(Map.of(ONLY, 0L));
        reading.updateEndOffsets(Map.of(ONLY, 0L));
    }

    private void holds(byte @Nullable [] key, byte @Nullable [] value) {
        long offset = next++;
        consumer.updateEndOffsets(Map.of(ONLY, next));
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(ONLY.topic(), ONLY.partition(), offset, key, value)));
    }

    private void hear(String key, @Nullable ModelStatus value) {
        heard.add(key + (value == null ? " gone" : ""));
    }

    @Test
    void shouldReadOnlyWhatIsNew() {
        // Given
        isThere(consumer);
        holds("hemline/a".getBytes(UTF_8), BYTES);
        holds("hemline/b".getBytes(UTF_8), null);
        topic.readNew(this::hear);
        holds("hemline/c".getBytes(UTF_8), BYTES);

        // When
        topic.readNew(this::hear);
        topic.readNew(this::hear);

        // Then
        assertThat(heard).containsExactly("hemline/a", "hemline/b gone", "hemline/c");
    }

    @Test
    void shouldPassOverWhatNobodyAskedForAndWhatNobodyCanRead() {
        // Given
        isThere(consumer);
        holds(null, BYTES);
        holds("other/a".getBytes(UTF_8), BYTES);
        holds(("hemline/" + "x".repeat(CompactedTopic.MAX_KEY_BYTES)).getBytes(UTF_8), BYTES);
        holds("hemline/a".getBytes(UTF_8), new byte[CompactedTopic.MAX_VALUE_BYTES + 1]);
        holds("hemline/b".getBytes(UTF_8), new byte[] {1, 2, 3});
        holds("hemline/c".getBytes(UTF_8), BYTES);

        // When
        topic.readNew(this::hear);

        // Then
        assertThat(heard).containsExactly("hemline/c");
    }

    @Test
    void shouldNameTheTopicThatIsMissingAndReadItOnceItIsThere() {
        // Given
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> topic.readNew(this::hear))
                .withMessageContaining("model-status");

        // When
        isThere(consumer);
        holds("hemline/a".getBytes(UTF_8), BYTES);
        topic.readNew(this::hear);

        // Then
        assertThat(heard).containsExactly("hemline/a");
    }

    @Test
    void shouldBeginAnewOnATopicThatWasMadeAnew() {
        // Given
        isThere(consumer);
        holds("hemline/a".getBytes(UTF_8), BYTES);
        holds("hemline/b".getBytes(UTF_8), BYTES);
        topic.readNew(this::hear);
        next = 0;
        holds("hemline/c".getBytes(UTF_8), BYTES);

        // When
        topic.readNew(this::hear);

        // Then
        assertThat(heard).containsExactly("hemline/a", "hemline/b", "hemline/c");
    }

    @Test
    void shouldReadOnEachPartitionWhereItStoodWhenASchemaCannotBeLookedUpYet() {
        // Given
        var other = new TopicPartition(ONLY.topic(), 1);
        byte[] strangers = BYTES.clone();
        strangers[2]++;
        consumer.updatePartitions(
                ONLY.topic(),
                List.of(
                        new PartitionInfo(ONLY.topic(), 0, null, null, null),
                        new PartitionInfo(ONLY.topic(), 1, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(ONLY, 0L, other, 0L));
        consumer.updateEndOffsets(Map.of(ONLY, 3L, other, 3L));
        consumer.schedulePollTask(() -> {
            for (TopicPartition partition : List.of(ONLY, other)) {
                byte[] key = ("hemline/" + partition.partition()).getBytes(UTF_8);
                long offset = 0;
                for (byte[] value : List.of(BYTES, strangers, BYTES)) {
                    consumer.addRecord(new ConsumerRecord<>(ONLY.topic(), partition.partition(), offset++, key, value));
                }
            }
        });

        // When
        assertThatExceptionOfType(NotYetReadableException.class).isThrownBy(() -> topic.readNew(this::hear));

        // Then
        for (TopicPartition partition : List.of(ONLY, other)) {
            assertThat(consumer.position(partition))
                    .isEqualTo(heard.stream()
                            .filter(("hemline/" + partition.partition())::equals)
                            .count());
        }
    }

    @Test
    void shouldNotReadForLongerThanThePatienceWhereSomebodyHasWrittenMoreThanThat() {
        // Given
        var endless = new Endless();
        isThere(endless);
        endless.updateEndOffsets(Map.of(ONLY, Long.MAX_VALUE));
        CompactedTopic<ModelStatus> written = topic(endless, Duration.ofMillis(300));

        // When, Then
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> written.readNew(this::hear))
                .withMessageContaining("300 ms");
    }

    @Test
    void shouldCloseWhileSomebodyReadsAndTellTheReader() throws Exception {
        // Given
        var stuck = new Endless();
        isThere(stuck);
        stuck.updateEndOffsets(Map.of(ONLY, 10L));
        stuck.silent = true;
        CompactedTopic<ModelStatus> read = topic(stuck, Duration.ofSeconds(15));
        var reader = CompletableFuture.runAsync(() -> read.readNew(this::hear));
        assertThat(stuck.polled.await(5, TimeUnit.SECONDS)).isTrue();

        // When
        long start = System.nanoTime();
        read.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(reader::join)
                .hasCauseInstanceOf(KafkaException.class)
                .hasMessageContaining("closed here");
        assertThat(stuck.closed()).isTrue();
    }

    @Test
    void shouldRefuseEverythingAfterItsEnd() {
        // Given
        isThere(consumer);
        topic.readNew(this::hear);
        topic.send("hemline/a", null);

        // When
        topic.close();
        topic.close();

        // Then
        assertThat(consumer.closed()).isTrue();
        assertThat(producer.closed()).isTrue();
        assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> topic.readNew(this::hear));
        assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> topic.write("hemline/a", STATUS));
        topic.send("hemline/a", STATUS);
    }

    @Test
    void shouldWriteWhileSomebodyElseReads() throws Exception {
        // Given
        var stuck = new Endless();
        isThere(stuck);
        stuck.updateEndOffsets(Map.of(ONLY, 10L));
        stuck.silent = true;
        CompactedTopic<ModelStatus> read = topic(stuck, Duration.ofSeconds(15));
        var reader = CompletableFuture.runAsync(() -> read.readNew(this::hear));
        assertThat(stuck.polled.await(5, TimeUnit.SECONDS)).isTrue();

        // When
        var writer = CompletableFuture.runAsync(() -> read.write("hemline/a", STATUS));
        while (!producer.completeNext()) {
            Thread.onSpinWait();
        }

        // Then
        assertThat(writer).succeedsWithin(Duration.ofSeconds(5));
        assertThat(reader).isNotDone();
        read.close();
    }

    @Test
    void shouldTellWhyItWasNotWritten() {
        // Given
        var writer = CompletableFuture.runAsync(() -> topic.write("hemline/a", STATUS));

        // When
        while (!producer.errorNext(new UnknownTopicOrPartitionException("gone"))) {
            Thread.onSpinWait();
        }

        // Then
        assertThatThrownBy(writer::join).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void shouldWaitNoLongerThanThePatienceForAnAcknowledgement() {
        // When, Then
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> topic.write("hemline/a", STATUS));
    }

    @Test
    void shouldKeepItsPatienceWhateverPeopleSetForTheirClients() {
        // Given
        var kafka = new KafkaSettings(
                "127.0.0.1:1",
                Map.of(
                        "linger.ms", "5",
                        "request.timeout.ms", "60000",
                        "delivery.timeout.ms", "60005",
                        "max.block.ms", "60000",
                        "default.api.timeout.ms", "70000"));
        try (var nobody = new CompactedTopic<>(kafka, Topics.MODEL_STATUS, key -> true, Duration.ofMillis(400))) {
            // When, Then
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> nobody.readNew(this::hear));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> nobody.write("hemline/a", STATUS));
        }
    }

    @Test
    void shouldTellOfSettingsThatKafkaDoesNotTake() {
        // Given
        var kafka = new KafkaSettings("127.0.0.1:1", Map.of("security.protocol", "NONE_SUCH"));
        try (var nobody = new CompactedTopic<>(kafka, Topics.MODEL_STATUS, key -> true, Duration.ofMillis(400))) {
            // When, Then
            assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> nobody.readNew(this::hear));
            assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> nobody.write("hemline/a", STATUS));
        }
    }

    /** One more record with every poll, or none ever. */
    private static final class Endless extends MockConsumer<byte[], byte[]> {
        final CountDownLatch polled = new CountDownLatch(1);
        volatile boolean silent;
        private boolean awake;
        private long offset;

        Endless() {
            super("earliest");
        }

        @Override
        public synchronized void wakeup() {
            awake = true;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polled.countDown();
            if (awake) {
                throw new WakeupException();
            }
            if (!silent) {
                addRecord(new ConsumerRecord<>(
                        ONLY.topic(),
                        0,
                        offset++,
                        0L,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        null,
                        new RecordHeaders(),
                        Optional.empty()));
            }
            return super.poll(timeout);
        }
    }
}

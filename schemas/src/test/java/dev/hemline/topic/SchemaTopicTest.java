package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GroundTruth;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SchemaTopicTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEMAS.name(), 0);
    private static final Schema LATER = LaterRelease.schema(GroundTruth.getClassSchema());
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(LATER);

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final SchemaTopic topic = topic(Duration.ofSeconds(5));
    /** Where each poll began. */
    private final List<Long> polls = new ArrayList<>();

    private Uuid id = Uuid.randomUuid();
    private int readers;
    private boolean silent;
    private Duration eachRecord = Duration.ZERO;

    private SchemaTopic topic(Duration patience) {
        return new SchemaTopic(() -> new TopicReader(Map.of(), consumer()), reader -> id, patience);
    }

    private MockConsumer<byte[], byte[]> consumer() {
        readers++;
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {
            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
                if (silent) {
                    throw new KafkaException("nobody answers");
                }
                return Map.of(PARTITION, (long) records.size());
            }

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                polls.add(position(PARTITION));
                records.stream()
                        .filter(record -> record.offset() >= position(PARTITION))
                        .limit(eachRecord.isZero() ? records.size() : 1)
                        .forEach(this::addRecord);
                LockSupport.parkNanos(eachRecord.toNanos());
                return super.poll(timeout);
            }
        };
        consumer.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        return consumer;
    }

    private void put(long fingerprint, String text) {
        records.add(new ConsumerRecord<>(
                PARTITION.topic(),
                0,
                records.size(),
                HexFormat.of().toHexDigits(fingerprint).getBytes(UTF_8),
                text.getBytes(UTF_8)));
    }

    private static Schema other(int number) {
        return Schema.createFixed("f" + number, null, null, 4);
    }

    private void put(Schema schema) {
        put(SchemaNormalization.parsingFingerprint64(schema), schema.toString());
    }

    @Test
    void shouldBelieveOnlyWhatHasTheFingerprintThatItIsLookedForBy() {
        put(1, "no schema at all, which nobody looks for");
        put(FINGERPRINT, "{");
        put(FINGERPRINT, "\"string\"");
        put(LATER);
        put(FINGERPRINT, "{}");

        assertThat(topic.find(FINGERPRINT)).map(WritersSchema::fingerprint).contains(FINGERPRINT);
        assertThat(topic.refused())
                .as("but the first, which nobody had to read")
                .isEqualTo(2);
        assertThat(topic.found()).isEqualTo(1);
    }

    @Test
    void shouldLookOnceForEachSchemaThatIsNotThereByOneReader() {
        put(LATER);

        for (int i = 0; i < 3; i++) {
            topic.find(FINGERPRINT);
            assertThat(topic.find(7)).isEmpty();
        }

        assertThat(readers).isEqualTo(1);
        assertThat(topic.missing()).isEqualTo(1);
    }

    @Test
    void shouldReadNothingTwiceForFingerprintsThatAreNotThere() {
        // Given
        put(other(1));
        put(other(2));
        topic.find(7);

        // When
        topic.find(8);
        put(LATER);
        topic.find(9);

        // Then
        assertThat(polls).containsExactly(0L, 2L);
        assertThat(topic.find(FINGERPRINT)).isPresent();
        assertThat(polls).containsExactly(0L, 2L, 2L);
    }

    @Test
    void shouldGoOnWhereItsTimeWasUp() {
        // Given
        for (int i = 0; i < 10; i++) {
            put(other(i));
        }
        put(LATER);
        eachRecord = Duration.ofMillis(20);
        SchemaTopic hurried = topic(Duration.ofMillis(70));

        // When
        assertThatExceptionOfType(NotYetReadableException.class).isThrownBy(() -> hurried.find(FINGERPRINT));
        int before = polls.size();
        Optional<WritersSchema> found = Optional.empty();
        while (found.isEmpty()) {
            try {
                found = hurried.find(FINGERPRINT);
            } catch (NotYetReadableException e) {
                assertThat(polls).hasSizeLessThan(30);
            }
        }

        // Then
        assertThat(before).isLessThan(10);
        assertThat(polls).startsWith(0L).containsOnlyOnce(0L);
        assertThat(hurried.find(7)).isEmpty();
    }

    @Test
    void shouldBeginAnewOnATopicThatWasMadeAnew() {
        // Given
        put(other(1));
        put(other(2));
        topic.find(7);
        records.clear();
        put(LATER);
        put(other(1));

        // When, Then
        id = Uuid.randomUuid();
        assertThat(topic.find(SchemaNormalization.parsingFingerprint64(other(1))))
                .isPresent();
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldBeginAnewOnATopicThatBecameShorter() {
        // Given
        put(other(1));
        put(other(2));
        topic.find(7);
        records.clear();
        put(LATER);

        // When, Then
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldFindASchemaBehindAnyNumberOfOthers() {
        for (int i = 0; i <= SchemaTopic.MOST_KEPT; i++) {
            put(other(i));
        }
        put(LATER);

        for (int i = 0; i <= SchemaTopic.MOST_KEPT; i++) {
            assertThat(topic.find(HexFormat.fromHexDigitsToLong(
                            new String(records.get(i).key(), UTF_8))))
                    .isPresent();
        }
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldNotTakeSilenceForAnAnswer() {
        silent = true;
        assertThatExceptionOfType(NotYetReadableException.class)
                .isThrownBy(() -> topic.find(FINGERPRINT))
                .withMessageContaining("cannot be looked up on topic schemas");

        silent = false;
        put(LATER);
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldLetNobodyWaitWhoMustNot() {
        put(LATER);
        Queue<Runnable> tasks = new ArrayDeque<>();
        WriterSchemas ahead = topic.withoutWaiting(tasks::add, failure -> {});

        for (long asked : new long[] {FINGERPRINT, FINGERPRINT, 7}) {
            assertThatExceptionOfType(NotYetReadableException.class).isThrownBy(() -> ahead.find(asked));
        }
        assertThat(tasks).hasSize(2);
        tasks.remove().run();

        assertThat(ahead.find(FINGERPRINT)).isPresent();
        assertThat(ahead.find(7)).as("answered by the same look").isEmpty();
    }
}

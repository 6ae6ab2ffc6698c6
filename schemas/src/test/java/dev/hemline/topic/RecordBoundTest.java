package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.PackedBatch.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBoundTest {
    private static final RecordBound BOUND = new RecordBound(10_000, 5_000);
    private static final int MIB = 1 << 20;

    @Test
    void shouldFindWhereToSitInTheConsumersOfThisRelease() {
        Map<String, Object> config = Map.of("bootstrap.servers", "localhost:1");
        var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());

        try (var bounded = RecordBound.of(consumer, config)) {
            assertThat(bounded).isSameAs(consumer);
        }
    }

    @Test
    void shouldRefuseAConsumerThatIsMadeInAnotherWay() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", "localhost:1", "group.protocol", "consumer", "group.id", "test");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThatThrownBy(() -> RecordBound.of(consumer, config)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldPassOnTheSameBytesIfNoRecordIsTooLarge(CompressionType codec) {
        MemoryRecords records = batch(codec, record("a", 10), record("b", 9_000), record("c", 10));

        assertThat(bounded(records)).isSameAs(records);
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldStandInForRecordsThatAreTooLargeWhereverTheyAre(CompressionType codec) {
        for (int place = 0; place < 3; place++) {
            SimpleRecord[] sent = {record("a", 10), record("b", 10), record("c", 10)};
            sent[place] = record("bomb", 20_000);

            List<Record> read = read(bounded(batch(codec, sent)));

            assertThat(read).hasSize(3);
            for (int i = 0; i < sent.length; i++) {
                Record record = read.get(i);
                assertThat(record.offset()).isEqualTo(100 + i);
                assertThat(record.timestamp()).isEqualTo(sent[i].timestamp());
                assertThat(record.sequence()).isEqualTo(5 + i);
                assertThat(record.key()).isEqualTo(sent[i].key());
                if (i == place) {
                    assertThat(TooLargeRecord.of(bytes(record.value())))
                            .hasValueSatisfying(
                                    stand -> assertThat(stand.bytes()).isBetween(20_000L, 20_100L));
                    assertThat(record.headers()).isEmpty();
                } else {
                    assertThat(record.value()).isEqualTo(sent[i].value());
                    assertThat(record.headers()).isEqualTo(sent[i].headers());
                }
            }
        }
    }

    @Test
    void shouldKeepWhatABatchSaysOfItsTransaction() {
        MemoryRecords records = batch(CompressionType.GZIP, record("a", 20_000), record("b", 10));
        MutableRecordBatch before = batches(records).get(0);

        MutableRecordBatch after = batches(bounded(records)).get(0);

        after.ensureValid();
        assertThat(saidOf(after)).isEqualTo(saidOf(before));
        assertThat(before.isTransactional()).isTrue();
    }

    @Test
    void shouldLeaveTombstonesWhatTheyAreAndLeaveOutKeysThatAreTooLarge() {
        var tombstone = new SimpleRecord(1, "key".getBytes(UTF_8), null, headers(1, 20_000));
        var key = new SimpleRecord(1, new byte[20_000], new byte[1]);

        List<Record> read = read(bounded(batch(CompressionType.ZSTD, tombstone, key)));

        assertThat(read.get(0).hasValue()).isFalse();
        assertThat(read.get(0).key()).isEqualTo(tombstone.key());
        assertThat(read.get(1).hasKey()).isFalse();
        assertThat(RecordBound.isTooLarge(bytes(read.get(1).value()))).isTrue();
    }

    @Test
    void shouldCountHeadersAsTheObjectsThatTheyBecome() {
        var many = new SimpleRecord(1, "key".getBytes(UTF_8), new byte[1], headers(1_000_001, 0));

        List<Record> read = read(new RecordBound(32 * MIB, MIB), batch(CompressionType.LZ4, many, record("a", 1)));

        assertThat(read.get(0).headers().length).isZero();
        assertThat(RecordBound.isTooLarge(bytes(read.get(0).value()))).isTrue();
        assertThat(read.get(1).valueSize()).isEqualTo(1);
    }

    @Test
    void shouldTakeOfABatchOnlySoManyLargeRecords() {
        RecordBound bound = new RecordBound(32 * MIB, MIB);
        SimpleRecord large = record("large", 30 * MIB);

        List<Record> read = read(bound, batch(CompressionType.ZSTD, large, large, large, record("small", 10), large));

        assertThat(read)
                .extracting(record -> record.valueSize() > MIB)
                .containsExactly(true, true, false, false, false);
        assertThat(read)
                .extracting(record -> RecordBound.isTooLarge(bytes(record.value())))
                .containsExactly(false, false, true, false, true);
    }

    @Test
    void shouldPassOnOnlyTheBeginningOfAFetchThatUnpacksToTooMuch() {
        MemoryRecords two = batch(CompressionType.ZSTD, record("a", 30 * MIB), record("b", 30 * MIB));
        MemoryRecords small = batch(CompressionType.ZSTD, record("c", 10));
        PartitionData first = partition(joined(small, two, small, two, small));
        PartitionData second = partition(two);
        PartitionData third = partition(batch(CompressionType.NONE, record("d", 10)));

        new RecordBound(32 * MIB, MIB).bound(fetch(first, second, third));

        assertThat(batches(first.records())).hasSize(3);
        assertThat(second.records().sizeInBytes()).isZero();
        assertThat(batches(third.records())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"GZIP", "ZSTD"})
    void shouldHoldNothingOfARecordThatIsLargerThanTheHeap(CompressionType codec) {
        long zeros = codec == CompressionType.GZIP ? 700L * MIB : 2000L * MIB;

        List<Record> read = read(
                new RecordBound(32 * MIB, MIB),
                PackedBatch.of(
                                codec,
                                new Entry("a", new byte[10]),
                                Entry.ofZeros("bomb", zeros),
                                new Entry("b", new byte[10]))
                        .records(100));

        assertThat(read).hasSize(3).extracting(Record::offset).containsExactly(100L, 101L, 102L);
        assertThat(read.get(0).valueSize()).isEqualTo(10);
        assertThat(RecordBound.isTooLarge(bytes(read.get(1).value()))).isTrue();
        // Behind so much nobody looks.
        assertThat(RecordBound.isTooLarge(bytes(read.get(2).value()))).isEqualTo(codec == CompressionType.ZSTD);
    }

    @Test
    void shouldLeaveDamageToTheConsumer() {
        MemoryRecords records = batch(CompressionType.GZIP, record("a", 10), record("b", 20_000));
        for (int at = DefaultRecordBatch.RECORD_BATCH_OVERHEAD; at < records.sizeInBytes(); at++) {
            ByteBuffer damaged = ByteBuffer.allocate(records.sizeInBytes())
                    .put(records.buffer().duplicate());
            damaged.put(at, (byte) ~damaged.get(at)).flip();
            MemoryRecords sent = MemoryRecords.readableRecords(damaged);

            assertThat(bounded(sent)).isSameAs(sent);
        }
    }

    @Test
    void shouldLeaveAloneWhatIsNotPacked() {
        MemoryRecords records = joined(
                batch(CompressionType.NONE, record("a", 20_000)),
                MemoryRecords.withEndTransactionMarker(
                        101, 1, 0, 7, (short) 3, new EndTransactionMarker(ControlRecordType.COMMIT, 0)));

        assertThat(bounded(records)).isSameAs(records);
    }

    @Test
    void shouldBeToldAsTooLargeByWhoeverDecodesIt() {
        byte[] value = new TooLargeRecord(734_003_200, 33_554_432).toBytes();

        assertThatThrownBy(() -> EventSerde.of(ImageEvent.class).decode(value))
                .isInstanceOf(TooLargeEventException.class)
                .hasMessageContaining("734003200")
                .hasMessageContaining("33554432");
    }

    private static List<Object> saidOf(MutableRecordBatch batch) {
        return List.of(
                batch.isTransactional(),
                batch.producerId(),
                batch.producerEpoch(),
                batch.baseSequence(),
                batch.lastSequence(),
                batch.baseOffset(),
                batch.lastOffset(),
                batch.maxTimestamp(),
                batch.timestampType(),
                batch.partitionLeaderEpoch(),
                batch.compressionType());
    }

    private static MemoryRecords bounded(MemoryRecords records) {
        return bounded(BOUND, records);
    }

    private static MemoryRecords bounded(RecordBound bound, MemoryRecords records) {
        PartitionData partition = partition(records);
        bound.bound(fetch(partition));
        return (MemoryRecords) partition.records();
    }

    private static FetchResponseData fetch(PartitionData... partitions) {
        var topic = new FetchableTopicResponse().setTopic("images").setPartitions(List.of(partitions));
        return new FetchResponseData().setResponses(List.of(topic));
    }

    private static PartitionData partition(MemoryRecords records) {
        return new PartitionData().setRecords(records);
    }

    private static SimpleRecord record(String key, int bytes) {
        return new SimpleRecord(1_000 + bytes, key.getBytes(UTF_8), new byte[bytes], headers(2, 3));
    }

    private static Header[] headers(int count, int bytes) {
        Header[] headers = new Header[count];
        Arrays.fill(headers, new RecordHeader("", new byte[bytes]));
        return headers;
    }

    private static MemoryRecords batch(CompressionType codec, SimpleRecord... records) {
        var builder = MemoryRecords.builder(
                ByteBuffer.allocate(1024),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.of(codec).build(),
                TimestampType.CREATE_TIME,
                100,
                RecordBatch.NO_TIMESTAMP,
                7,
                (short) 3,
                5,
                true,
                9);
        for (SimpleRecord record : records) {
            builder.append(record);
        }
        return builder.build();
    }

    private static MemoryRecords joined(MemoryRecords... records) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(records).mapToInt(MemoryRecords::sizeInBytes).sum());
        Stream.of(records).forEach(one -> all.put(one.buffer().duplicate()));
        return MemoryRecords.readableRecords(all.flip());
    }

    private static List<MutableRecordBatch> batches(Object records) {
        return StreamSupport.stream(((MemoryRecords) records).batches().spliterator(), false)
                .toList();
    }

    private static List<Record> read(RecordBound bound, MemoryRecords records) {
        return read(bounded(bound, records));
    }

    private static List<Record> read(MemoryRecords records) {
        List<Record> all = new ArrayList<>();
        for (MutableRecordBatch batch : records.batches()) {
            batch.ensureValid();
            batch.forEach(all::add);
        }
        return all;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.PackedBatch.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.BufferSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordBoundTest {
    private final RecordBound bound = new RecordBound(10_000, 50_000, 10);
    private static final int MIB = 1 << 20;
    private static final ByteArrayDeserializer BYTES = new ByteArrayDeserializer();

    @Test
    void shouldFindWhereToSitInTheConsumersOfThisRelease() {
        Map<String, Object> config = Map.of("bootstrap.servers", "localhost:1");

        try (var consumer = new BoundedConsumer<>(config, BYTES, BYTES)) {
            assertThat(consumer.assignment()).isEmpty();
        }
    }

    @Test
    void shouldRefuseToBeAConsumerThatIsMadeInAnotherWay() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", "localhost:1", "group.protocol", "consumer", "group.id", "test");

        assertThatThrownBy(() -> new BoundedConsumer<>(config, BYTES, BYTES)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void shouldGiveTheSameRecordsIfNoneIsTooLarge(CompressionType codec) {
        MemoryRecords records = batch(codec, record("a", 10), record("b", 9_000), record("c", 10));

        assertThat(read(records)).isEqualTo(unbounded(records));
    }

    @ParameterizedTest
    @EnumSource(value = CompressionType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void shouldStandInForRecordsThatAreTooLargeWhereverTheyAre(CompressionType codec) {
        for (int place = 0; place < 3; place++) {
            SimpleRecord[] sent = {record("a", 10), record("b", 10), record("c", 10)};
            sent[place] = record("bomb", 20_000);

            List<Record> read = read(batch(codec, sent));

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
        RecordBatch before = records.batches().iterator().next();

        RecordBatch after = bound.of(records).batches().iterator().next();

        after.ensureValid();
        assertThat(saidOf(after)).isEqualTo(saidOf(before));
        assertThat(before.isTransactional()).isTrue();
    }

    @Test
    void shouldLeaveTombstonesWhatTheyAreAndLeaveOutKeysThatAreTooLarge() {
        var tombstone = new SimpleRecord(1, "key".getBytes(UTF_8), null, headers(1, 20_000));
        var key = new SimpleRecord(1, new byte[20_000], new byte[1]);

        List<Record> read = read(batch(CompressionType.ZSTD, tombstone, key));

        assertThat(read.get(0).hasValue()).isFalse();
        assertThat(read.get(0).key()).isEqualTo(tombstone.key());
        assertThat(read.get(1).hasKey()).isFalse();
        assertThat(isTooLarge(read.get(1))).isTrue();
    }

    @Test
    void shouldCountHeadersAsTheObjectsThatTheyBecome() {
        var many = new SimpleRecord(1, "key".getBytes(UTF_8), new byte[1], headers(10_001, 0));

        List<Record> read =
                read(new RecordBound(32 * MIB, 64 * MIB, 64), batch(CompressionType.LZ4, many, record("a", 1)));

        assertThat(read.get(0).headers().length).isZero();
        assertThat(isTooLarge(read.get(0))).isTrue();
        assertThat(read.get(1).valueSize()).isEqualTo(1);
    }

    @Test
    void shouldTakeOfABatchOnlySoManyLargeRecords() {
        RecordBound bound = new RecordBound(32 * MIB, 64 * MIB, 64);
        SimpleRecord large = record("large", 30 * MIB);

        List<Record> read = read(bound, batch(CompressionType.ZSTD, large, large, large, record("small", 10), large));

        assertThat(read)
                .extracting(record -> record.valueSize() > MIB)
                .containsExactly(true, true, false, false, false);
        assertThat(read).extracting(RecordBoundTest::isTooLarge).containsExactly(false, false, true, false, true);
    }

    @Test
    void shouldEndAPollThatHasCostEnoughAndGoOnWithTheNext() {
        RecordBound bound = new RecordBound(32 * MIB, 64 * MIB, 64);
        MemoryRecords small = batch(CompressionType.ZSTD, record("c", 10));
        MemoryRecords two = batch(CompressionType.ZSTD, record("a", 30 * MIB), record("b", 30 * MIB));
        Records first = bound.of(joined(small, two, small, two, small));
        Records second = bound.of(small);
        Iterator<? extends RecordBatch> batches = first.batches().iterator();

        List<Record> polled = read(batches);

        assertThat(polled).hasSize(6);
        assertThat(read(second.batches().iterator())).isEmpty();
        assertThat(second.sizeInBytes()).isZero();
        bound.nextPoll();
        assertThat(read(batches)).hasSize(1);
        assertThat(read(second.batches().iterator())).hasSize(1);
        assertThat(second.sizeInBytes()).isEqualTo(small.sizeInBytes());
    }

    @Test
    void shouldEndAPollAfterAFewRecordsThatAreNotPackedButHaveVeryManyHeaders() {
        RecordBound bound = new RecordBound(32 * MIB, 3 * MIB, 64);
        MemoryRecords one = batch(CompressionType.NONE, new SimpleRecord(1, new byte[1], null, headers(10_000, 0)));

        List<Record> polled = read(bound, joined(one, one, one, one, one));

        assertThat(polled)
                .hasSize(3)
                .allSatisfy(record -> assertThat(record.headers()).hasSize(10_000));
    }

    @Test
    void shouldGiveEveryOffsetOfABatchThatNobodyLooksThroughARecord() {
        MemoryRecords records = PackedBatch.of(
                        CompressionType.ZSTD,
                        Stream.concat(
                                        Stream.of(Entry.ofZeros("bomb", 2_000L * MIB)),
                                        Stream.generate(() -> new Entry("small", new byte[1]))
                                                .limit(5_000))
                                .toArray(Entry[]::new))
                .records(100);

        List<Record> read = read(records);

        assertThat(read)
                .extracting(Record::offset)
                .isEqualTo(LongStream.range(100, 5_101).boxed().toList());
        assertThat(read).allMatch(RecordBoundTest::isTooLarge);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"GZIP", "ZSTD"})
    void shouldHoldNothingOfARecordThatIsLargerThanTheHeap(CompressionType codec) {
        long zeros = codec == CompressionType.GZIP ? 700L * MIB : 2000L * MIB;

        List<Record> read = read(
                new RecordBound(32 * MIB, 64 * MIB, 64),
                PackedBatch.of(
                                codec,
                                new Entry("a", new byte[10]),
                                Entry.ofZeros("bomb", zeros),
                                new Entry("b", new byte[10]))
                        .records(100));

        assertThat(read).hasSize(3).extracting(Record::offset).containsExactly(100L, 101L, 102L);
        assertThat(read.get(0).valueSize()).isEqualTo(10);
        assertThat(isTooLarge(read.get(1))).isTrue();
        // Behind so much nobody looks.
        assertThat(isTooLarge(read.get(2))).isEqualTo(codec == CompressionType.ZSTD);
    }

    @Test
    void shouldLeaveDamageToTheConsumer() {
        MemoryRecords records = batch(CompressionType.GZIP, record("a", 10), record("b", 20_000));
        for (int at = DefaultRecordBatch.RECORD_BATCH_OVERHEAD; at < records.sizeInBytes(); at++) {
            ByteBuffer damaged = ByteBuffer.allocate(records.sizeInBytes())
                    .put(records.buffer().duplicate());
            damaged.put(at, (byte) ~damaged.get(at)).flip();

            assertThatThrownBy(() -> read(MemoryRecords.readableRecords(damaged)))
                    .isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void shouldLeaveAloneWhatEndsTransactions() {
        MemoryRecords marker = MemoryRecords.withEndTransactionMarker(
                101, 1, 0, 7, (short) 3, new EndTransactionMarker(ControlRecordType.COMMIT, 0));

        assertThat(read(marker)).isEqualTo(unbounded(marker));
    }

    @Test
    void shouldBeToldAsTooLargeByWhoeverDecodesIt() {
        byte[] value = new TooLargeRecord(734_003_200, 33_554_432).toBytes();

        assertThatThrownBy(() -> EventSerde.of(ImageEvent.class).decode(value))
                .isInstanceOf(TooLargeEventException.class)
                .hasMessageContaining("734003200")
                .hasMessageContaining("33554432");
    }

    private static List<Object> saidOf(RecordBatch batch) {
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

    private List<Record> read(MemoryRecords records) {
        return read(bound, records);
    }

    private static List<Record> read(RecordBound bound, MemoryRecords records) {
        return read(bound.of(records).batches().iterator());
    }

    private static List<Record> unbounded(MemoryRecords records) {
        return read(records.batches().iterator());
    }

    /** As a consumer does. */
    private static List<Record> read(Iterator<? extends RecordBatch> batches) {
        List<Record> all = new ArrayList<>();
        while (batches.hasNext()) {
            RecordBatch batch = batches.next();
            batch.ensureValid();
            try (var records = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
                records.forEachRemaining(all::add);
            }
        }
        return all;
    }

    private static boolean isTooLarge(Record record) {
        return TooLargeRecord.of(bytes(record.value())).isPresent();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

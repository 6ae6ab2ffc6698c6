package dev.hemline.topic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.BufferSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of a packed batch, as a {@link BoundedConsumer} unpacks them. */
class BatchFuzzTest {
    private static final Promise PROMISE =
            Promise.of(BatchFuzzTest::consumed, new Memory(16 << 20, 1_024), List.of(IOException.class));

    /** A byte with how many records the batch says it has, a byte with its codec, and what is packed. */
    private static Object consumed(byte[] input) throws IOException {
        if (input.length < 2) {
            throw new IOException("no batch");
        }
        CompressionType codec = CompressionType.forId(1 + Math.floorMod(input[1], 4));
        MemoryRecords records = PackedBatch.of(codec, input[0] & 0xFF, to -> to.write(input, 2, input.length - 2))
                .records(0);
        int read = 0;
        try {
            for (RecordBatch batch :
                    new RecordBound(10_000, 20_000, 20).of(records).batches()) {
                try (var unpacked = batch.streamingIterator(BufferSupplier.NO_CACHING)) {
                    while (unpacked.hasNext()) {
                        read += unpacked.next().sizeInBytes();
                    }
                }
            }
        } catch (KafkaException e) {
            throw new IOException("the consumer refuses it: " + e.getClass(), e);
        }
        return read;
    }

    static Stream<byte[]> seeds() {
        var small = new SimpleRecord(5, new byte[] {1}, new byte[] {2, 3}, new RecordHeader[] {
            new RecordHeader("h", new byte[] {4}), new RecordHeader("", null)
        });
        var tombstone = new SimpleRecord(6, new byte[] {1}, null);
        var large = new SimpleRecord(7, new byte[2_000], new byte[11_000]);
        return Stream.of(
                seed(small, small, tombstone), seed(large), seed(small, large, small), seed(tombstone, large, large));
    }

    private static byte[] seed(SimpleRecord... records) {
        ByteBuffer plain = MemoryRecords.withRecords(Compression.NONE, records).buffer();
        byte[] seed = new byte[2 + plain.limit() - DefaultRecordBatch.RECORD_BATCH_OVERHEAD];
        seed[0] = (byte) records.length;
        plain.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD).get(seed, 2, seed.length - 2);
        return seed;
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldUnpackLittleOrRefuse(byte[] batch) {
        PROMISE.holdsFor(batch);
    }

    @Test
    void shouldUnpackLittleOrRefuseWhateverHappenedToABatch() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}

package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;

/** A batch as no producer makes it, of values and headers that are larger than any heap: what it is made of is never held. */
public final class PackedBatch {
    private static final short PRODUCE_VERSION = 9;

    private final ByteBuffer batch;

    /**
     * A record.
     *
     * @param zeros after its value
     * @param headers that are empty
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    public record Entry(String key, byte[] value, int zeros, int headers) {
        public Entry(String key, byte[] value) {
            this(key, value, 0, 0);
        }

        /** At most 2 GiB. */
        public static Entry ofZeros(String key, long count) {
            return new Entry(key, new byte[0], Math.toIntExact(count), 0);
        }

        private void writeTo(DataOutputStream to, int offset) throws IOException {
            byte[] keyBytes = key.getBytes(UTF_8);
            int length = value.length + zeros;
            ByteUtils.writeVarint(
                    2
                            + ByteUtils.sizeOfVarint(offset)
                            + ByteUtils.sizeOfVarint(keyBytes.length)
                            + keyBytes.length
                            + ByteUtils.sizeOfVarint(length)
                            + length
                            + ByteUtils.sizeOfVarint(headers)
                            + 2 * headers,
                    to);
            to.write(0);
            ByteUtils.writeVarlong(0, to);
            ByteUtils.writeVarint(offset, to);
            ByteUtils.writeVarint(keyBytes.length, to);
            to.write(keyBytes);
            ByteUtils.writeVarint(length, to);
            to.write(value);
            writeZeros(zeros, to);
            ByteUtils.writeVarint(headers, to);
            writeZeros(2 * headers, to);
        }

        private static void writeZeros(int count, DataOutputStream to) throws IOException {
            byte[] chunk = new byte[1 << 16];
            for (int left = count; left > 0; left -= chunk.length) {
                to.write(chunk, 0, Math.min(left, chunk.length));
            }
        }
    }

    private PackedBatch(ByteBuffer batch) {
        this.batch = batch;
    }

    public static PackedBatch of(CompressionType codec, Entry... records) {
        return of(codec, records.length, to -> {
            for (int i = 0; i < records.length; i++) {
                records[i].writeTo(to, i);
            }
        });
    }

    /** Writes what a batch holds, before it is packed. */
    @FunctionalInterface
    public interface Content {
        void writeTo(DataOutputStream to) throws IOException;
    }

    /** @param count of records that it says it has */
    public static PackedBatch of(CompressionType codec, int count, Content content) {
        var out = new ByteBufferOutputStream(1 << 16);
        out.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        try (var to = new DataOutputStream(
                Compression.of(codec).build().wrapForOutput(out, RecordBatch.CURRENT_MAGIC_VALUE))) {
            content.writeTo(to);
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        ByteBuffer batch = out.buffer().flip();
        long now = System.currentTimeMillis();
        DefaultRecordBatch.writeHeader(
                batch,
                0,
                Math.max(0, count - 1),
                batch.limit(),
                RecordBatch.CURRENT_MAGIC_VALUE,
                codec,
                TimestampType.CREATE_TIME,
                now,
                now,
                RecordBatch.NO_PRODUCER_ID,
                RecordBatch.NO_PRODUCER_EPOCH,
                RecordBatch.NO_SEQUENCE,
                false,
                false,
                false,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                count);
        return new PackedBatch(batch.rewind());
    }

    /** As they lie on a topic. */
    public MemoryRecords records(long offset) {
        ByteBuffer copy =
                ByteBuffer.allocate(batch.limit()).put(batch.duplicate()).flip();
        return MemoryRecords.readableRecords(copy.putLong(0, offset));
    }

    /** To the only broker, on a connection of its own; back when it is written. */
    public void sendTo(String bootstrapServers, String topic, int partition) throws IOException {
        var topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(
                        List.of(new PartitionProduceData().setIndex(partition).setRecords(records(0)))));
        var request = ProduceRequest.builder(new ProduceRequestData()
                        .setAcks((short) -1)
                        .setTimeoutMs(30_000)
                        .setTopicData(topics))
                .build(PRODUCE_VERSION);
        var header = new RequestHeader(ApiKeys.PRODUCE, PRODUCE_VERSION, "packed", 1);
        int colon = bootstrapServers.lastIndexOf(':');
        try (var socket = new Socket(
                bootstrapServers.substring(0, colon), Integer.parseInt(bootstrapServers.substring(colon + 1)))) {
            ByteBuffer bytes = request.serializeWithHeader(header);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            var answer = (ProduceResponse)
                    AbstractResponse.parseResponse(ByteBuffer.wrap(in.readNBytes(in.readInt())), header);
            if (answer.errorCounts().keySet().stream().anyMatch(error -> error.code() != 0)) {
                throw new IOException(answer.toString());
            }
        }
    }
}

package dev.hemline.topic;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.CloseableIterator;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch one after another, each of them weighed before there is an object of it; in place of one that is too
 * large a {@link TooLargeRecord}, with its offset, time and key. Offsets and all that the batch says stay as they are.
 *
 * @see <a href="https://kafka.apache.org/documentation/#messageformat">Kafka's format of batches and records</a>
 */
final class BoundedBatch implements CloseableIterator<Record> {
    /** Unpacked; gzip takes some 1.3 seconds for it. Nobody looks at what comes after it: all of it is too large. */
    static final long MAX_BYTES = 768L << 20;

    /** What a header takes in the heap, an object and two buffers, of which an empty one has two bytes here. */
    private static final int HEADER_BYTES = 150;

    /** Traces need a few; as objects these take 1.5 MB. */
    private static final int MAX_HEADERS = 10_000;

    private static final int MAX_KEY_BYTES = 1_024;
    /** Of a record that is too large: all up to its key. */
    private static final int HEAD_BYTES = MAX_KEY_BYTES + 64;

    private static final int WINDOW_BYTES = 1 << 16;

    private final DefaultRecordBatch batch;
    private final RecordBound bound;
    /** If it is packed. */
    private final @Nullable InputStream packed;
    /** If it is not. */
    private final ByteBuffer plain;

    private int left;
    private long seenBytes;
    private long heavyBytes;

    /** @param bytes of the batch */
    BoundedBatch(DefaultRecordBatch batch, ByteBuffer bytes, BufferSupplier buffers, RecordBound bound) {
        this.batch = batch;
        this.bound = bound;
        plain = bytes.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        packed = batch.isCompressed() ? batch.recordInputStream(buffers) : null;
        left = batch.countOrNull();
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public Record next() {
        if (left == 0) {
            throw new NoSuchElementException();
        }
        left--;
        try {
            if (seenBytes > MAX_BYTES) {
                return unseen();
            }
            return packed == null ? nextPlain() : nextPacked(packed);
        } catch (IOException e) {
            throw new KafkaException("Failed to decompress record stream", e);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new InvalidRecordException("Found invalid record structure", e);
        }
    }

    private Record nextPlain() {
        ByteBuffer record = plain.duplicate();
        int length = ByteUtils.readVarint(plain);
        plain.position(plain.position() + length);
        return weighed(record, 0);
    }

    private Record nextPacked(InputStream in) throws IOException {
        int length = ByteUtils.readVarint(in);
        if (length < 0) {
            throw new InvalidRecordException("Found invalid record size " + length);
        }
        boolean fits = length <= bound.recordBytes;
        int held = fits ? length : Math.min(length, HEAD_BYTES);
        ByteBuffer record = ByteBuffer.allocate(ByteUtils.sizeOfVarint(length) + held);
        ByteUtils.writeVarint(length, record);
        if (in.readNBytes(record.array(), record.position(), held) < held) {
            throw new EOFException("The batch ends within a record");
        }
        record.rewind();
        seenBytes += length;
        bound.unpacked(Math.min(length, MAX_BYTES));
        if (fits) {
            return weighed(record, length);
        }
        if (seenBytes <= MAX_BYTES) {
            skip(in, length - held);
        }
        return standIn(record, new TooLargeRecord(length, bound.recordBytes));
    }

    private static void skip(InputStream in, int bytes) throws IOException {
        byte[] window = new byte[WINDOW_BYTES];
        for (int left = bytes; left > 0; ) {
            int read = in.read(window, 0, Math.min(left, WINDOW_BYTES));
            if (read < 0) {
                throw new EOFException("The batch ends within a record");
            }
            left -= read;
        }
    }

    /** @param bytes that it takes in the heap, without its headers */
    private Record weighed(ByteBuffer record, long bytes) {
        int headers = headers(record.duplicate());
        long weight = bytes + (long) headers * HEADER_BYTES;
        if (headers > MAX_HEADERS) {
            return standIn(record, new TooLargeRecord(weight, (long) MAX_HEADERS * HEADER_BYTES));
        }
        if (weight > bound.lightBytes) {
            if (heavyBytes > 0 && heavyBytes + weight > bound.heavyBytes) {
                return standIn(record, new TooLargeRecord(heavyBytes + weight, bound.heavyBytes));
            }
            heavyBytes += weight;
            bound.tookHeavy(weight);
        }
        return decoded(record);
    }

    private static int headers(ByteBuffer record) {
        ByteUtils.readVarint(record);
        record.get();
        ByteUtils.readVarlong(record);
        ByteUtils.readVarint(record);
        Utils.readBytes(record, ByteUtils.readVarint(record));
        Utils.readBytes(record, ByteUtils.readVarint(record));
        return ByteUtils.readVarint(record);
    }

    /** With its key, if that is of any use; of a tombstone another one. */
    private Record standIn(ByteBuffer record, TooLargeRecord instead) {
        ByteUtils.readVarint(record);
        record.get();
        long time = ByteUtils.readVarlong(record);
        int offset = ByteUtils.readVarint(record);
        int keyLength = ByteUtils.readVarint(record);
        if (keyLength > MAX_KEY_BYTES) {
            return standIn(offset, time, null, instead);
        }
        ByteBuffer key = Utils.readBytes(record, keyLength);
        return standIn(offset, time, key, ByteUtils.readVarint(record) < 0 ? null : instead);
    }

    /** One of the last, of which nothing is known. */
    private Record unseen() {
        int offset = (int) (batch.lastOffset() - batch.baseOffset()) - left;
        return standIn(offset, 0, null, new TooLargeRecord(MAX_BYTES, MAX_BYTES));
    }

    private Record standIn(int offset, long time, @Nullable ByteBuffer key, @Nullable TooLargeRecord value) {
        var out = new ByteBufferOutputStream(2 * HEAD_BYTES);
        try {
            ByteBuffer bytes = value == null ? null : ByteBuffer.wrap(value.toBytes());
            DefaultRecord.writeTo(new DataOutputStream(out), offset, time, key, bytes, Record.EMPTY_HEADERS);
        } catch (IOException e) {
            throw new KafkaException("An in-memory stream cannot fail", e);
        }
        return decoded(out.buffer().flip());
    }

    private Record decoded(ByteBuffer record) {
        boolean appended = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        return DefaultRecord.readFrom(
                record,
                batch.baseOffset(),
                batch.baseTimestamp(),
                batch.baseSequence(),
                appended ? batch.maxTimestamp() : null);
    }

    @Override
    public void close() {
        Utils.closeQuietly(packed, "a batch's stream");
    }
}

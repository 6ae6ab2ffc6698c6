package dev.hemline.topic;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Crc32C;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed batch unpacks to, seen through a small window: no record is held as a whole. For one thread.
 *
 * @see <a href="https://kafka.apache.org/documentation/#messageformat">Kafka's format of batches and records</a>
 */
final class UnpackedBatch {
    /** Unpacked; gzip takes some two seconds for it. Nobody looks at what comes after it: all of it is too large. */
    static final long MAX_BYTES = 768L << 20;

    /** What a header takes in the heap, of which an empty one has two bytes here. */
    private static final int HEADER_BYTES = 100;

    private static final long MAX_HEADERS = 1_000_000;
    /** Of those that nobody looks at; there may be a hundred million of them. */
    private static final int MAX_UNSEEN = 1_000;

    private static final int MAX_KEY_BYTES = 1_024;
    private static final int MAX_STAND_IN_BYTES = MAX_KEY_BYTES + TooLargeRecord.BYTES + 64;
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
    static final int WINDOW_BYTES = 1 << 16;

    private static final int HEAD_BYTES = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;
    private static final int LENGTH_OFFSET = 8;
    /** What the length does not count. */
    private static final int FRAME_BYTES = 12;
    /** What the checksum is of begins there. */
    private static final int ATTRIBUTES_OFFSET = DefaultRecordBatch.CRC_OFFSET + Integer.BYTES;

    private final DefaultRecordBatch batch;
    private final RecordBound bound;
    private final byte[] window;
    private final BufferSupplier buffers;
    private InputStream in = InputStream.nullInputStream();
    private int at;
    private int end;
    private long beforeWindow;

    /** By their place in the batch. */
    private final Map<Integer, TooLargeRecord> tooLarge = new HashMap<>();

    private int seen;
    private long seenBytes;
    private long heavyBytes;

    /** @param window of {@link #WINDOW_BYTES}, for one batch at a time, as are the buffers */
    UnpackedBatch(DefaultRecordBatch batch, RecordBound bound, byte[] window, BufferSupplier buffers) {
        this.window = window;
        this.buffers = buffers;
        this.batch = batch;
        this.bound = bound;
    }

    /** Bytes that were unpacked to see what there is. */
    long seenBytes() {
        return seenBytes;
    }

    /** What those records that may stay, and are not small, take in the heap. */
    long heavyBytes() {
        return heavyBytes;
    }

    /**
     * The batch with a {@link TooLargeRecord} in place of each record that is; offsets, times and all else stay as they are.
     *
     * @return empty if there is none, or the batch is damaged in another way, of which the consumer tells
     */
    Optional<ByteBuffer> withoutTooLarge() {
        try {
            look();
            boolean fine = tooLarge.isEmpty() && seen == count();
            return fine || !batch.isValid() ? Optional.empty() : Optional.of(rewritten());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private int count() {
        return batch.countOrNull();
    }

    private void look() throws IOException {
        try (InputStream records = open()) {
            for (int count = count(); seen < count && lookAtNext(); seen++) {}
        } finally {
            seenBytes = position();
        }
    }

    /** False if there is no telling where the record after it begins. */
    private boolean lookAtNext() throws IOException {
        boolean fits = true;
        try {
            long length = varlong();
            fits = length <= bound.recordBytes();
            if (length > MAX_BYTES - position()) {
                return false;
            }
            long recordEnd = position() + length;
            read();
            varlong();
            varlong();
            skip(recordEnd);
            skip(recordEnd);
            long headers = varlong();
            copyTo(recordEnd, NOWHERE);
            weigh(length, length + Math.min(headers, MAX_HEADERS + 1) * HEADER_BYTES);
            return true;
        } catch (IOException | RuntimeException e) {
            if (fits && tooLarge.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    private void weigh(long length, long weight) {
        boolean heavy = weight > bound.lightBytes();
        if (length > bound.recordBytes()) {
            tooLarge.put(seen, new TooLargeRecord(length, bound.recordBytes()));
        } else if (weight - length > MAX_HEADERS * HEADER_BYTES) {
            tooLarge.put(seen, new TooLargeRecord(weight, MAX_HEADERS * HEADER_BYTES));
        } else if (heavy && heavyBytes > 0 && heavyBytes + weight > RecordBound.HEAVY_BYTES) {
            tooLarge.put(seen, new TooLargeRecord(heavyBytes + weight, RecordBound.HEAVY_BYTES));
        } else if (heavy) {
            heavyBytes += weight;
        }
    }

    private ByteBuffer rewritten() throws IOException {
        var out = new ByteBufferOutputStream(batch.sizeInBytes());
        out.position(HEAD_BYTES);
        int unseen = Math.min(MAX_UNSEEN, count() - seen);
        try (InputStream from = open();
                DataOutputStream to = new DataOutputStream(
                        Compression.of(batch.compressionType()).build().wrapForOutput(out, batch.magic()))) {
            for (int record = 0; record < seen; record++) {
                long length = varlong();
                long recordEnd = position() + length;
                TooLargeRecord instead = tooLarge.get(record);
                if (instead == null) {
                    ByteUtils.writeVarint((int) length, to);
                    copyTo(recordEnd, to);
                } else {
                    to.write(standIn(recordEnd, instead));
                    copyTo(recordEnd, NOWHERE);
                }
            }
            int lastOffset = (int) (batch.lastOffset() - batch.baseOffset());
            for (int left = unseen - 1; left >= 0; left--) {
                to.write(standIn(0, lastOffset - left, null, new TooLargeRecord(MAX_BYTES, MAX_BYTES).toBytes()));
            }
        }
        ByteBuffer rewritten = out.buffer().flip();
        ByteBuffer before = ByteBuffer.allocate(batch.sizeInBytes());
        batch.writeTo(before);
        return rewritten
                .put(0, before, 0, HEAD_BYTES)
                .putInt(LENGTH_OFFSET, rewritten.limit() - FRAME_BYTES)
                .putInt(DefaultRecordBatch.RECORDS_COUNT_OFFSET, seen + unseen)
                .putInt(DefaultRecordBatch.CRC_OFFSET, (int)
                        Crc32C.compute(rewritten, ATTRIBUTES_OFFSET, rewritten.limit() - ATTRIBUTES_OFFSET));
    }

    /** With its key, if that is of any use; of a tombstone another one. */
    private byte[] standIn(long recordEnd, TooLargeRecord instead) throws IOException {
        read();
        long time = varlong();
        int offset = (int) varlong();
        long keyLength = varlong();
        byte[] key = null;
        if (keyLength >= 0 && keyLength <= MAX_KEY_BYTES) {
            key = new byte[(int) keyLength];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) read();
            }
        } else {
            copyTo(Math.min(recordEnd, position() + Math.max(0, keyLength)), NOWHERE);
        }
        return standIn(time, offset, key, varlong() < 0 ? null : instead.toBytes());
    }

    private static byte[] standIn(long time, int offset, byte @Nullable [] key, byte @Nullable [] value) {
        ByteBuffer body = ByteBuffer.allocate(MAX_STAND_IN_BYTES).put((byte) 0);
        ByteUtils.writeVarlong(time, body);
        ByteUtils.writeVarint(offset, body);
        write(key, body);
        write(value, body);
        ByteUtils.writeVarint(0, body);
        body.flip();
        ByteBuffer record = ByteBuffer.allocate(MAX_STAND_IN_BYTES);
        ByteUtils.writeVarint(body.limit(), record);
        record.put(body).flip();
        byte[] bytes = new byte[record.limit()];
        record.get(bytes);
        return bytes;
    }

    private static void write(byte @Nullable [] bytes, ByteBuffer to) {
        ByteUtils.writeVarint(bytes == null ? -1 : bytes.length, to);
        if (bytes != null) {
            to.put(bytes);
        }
    }

    private InputStream open() {
        at = 0;
        end = 0;
        beforeWindow = 0;
        in = batch.recordInputStream(buffers);
        return in;
    }

    /** In what is unpacked. */
    private long position() {
        return beforeWindow + at;
    }

    private int read() throws IOException {
        if (at == end) {
            fill();
        }
        return window[at++];
    }

    private void fill() throws IOException {
        beforeWindow += end;
        at = 0;
        end = Math.max(0, in.read(window));
        if (end == 0) {
            throw new EOFException("The batch ends within a record");
        }
    }

    /** A number of seven bits a byte, the sign in its last bit. */
    private long varlong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = read();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException("A number has more than ten bytes");
    }

    /** Bytes behind their length. */
    private void skip(long recordEnd) throws IOException {
        long length = varlong();
        if (length > recordEnd - position()) {
            throw new IOException("A key or value goes on after its record");
        }
        copyTo(position() + length, NOWHERE);
    }

    private void copyTo(long position, OutputStream to) throws IOException {
        while (position() < position) {
            if (at == end) {
                fill();
            }
            int length = (int) Math.min(end - at, position - position());
            to.write(window, at, length);
            at += length;
        }
    }
}

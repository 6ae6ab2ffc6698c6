package dev.hemline.topic;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.utils.BufferSupplier;
import org.jspecify.annotations.Nullable;

/** What a record may cost a consumer, and what a poll has cost so far. For the thread that polls. */
final class RecordBound {
    /** Unpacked in one poll, and one batch on top: half a second of gzip. */
    private static final long MAX_SEEN_BYTES = 256 << 20;

    /** A record may unpack to. */
    final int recordBytes;

    /** For all records of one poll or batch that are not small, if they are more than one. */
    final long heavyBytes;

    /** A record of so many, its headers as objects included, is small: all of a poll together are not more than that. */
    final long lightBytes;

    private long tookBytes;
    private long seenBytes;

    /** @param records in a poll */
    RecordBound(int recordBytes, long heavyBytes, int records) {
        this.recordBytes = recordBytes;
        this.heavyBytes = heavyBytes;
        lightBytes = heavyBytes / records;
    }

    void nextPoll() {
        tookBytes = 0;
        seenBytes = 0;
    }

    /** @param bytes in the heap, of a record that is not small */
    void tookHeavy(long bytes) {
        tookBytes += bytes;
    }

    void unpacked(long bytes) {
        seenBytes += bytes;
    }

    private boolean isSpent() {
        return tookBytes >= heavyBytes || seenBytes >= MAX_SEEN_BYTES;
    }

    /** The same, without what is too large, and ending where a poll has cost enough: Kafka fetches again from there. */
    Records of(MemoryRecords records) {
        Records ending =
                with(Records.class, records, "batches", none -> (Iterable<RecordBatch>) () -> new Batches(records));
        // Kafka takes bytes without a batch for damage.
        return with(Records.class, ending, "sizeInBytes", none -> isSpent() ? 0 : records.sizeInBytes());
    }

    private final class Batches implements Iterator<RecordBatch> {
        private final MemoryRecords records;
        private final Iterator<MutableRecordBatch> batches;
        private int position;

        Batches(MemoryRecords records) {
            this.records = records;
            this.batches = records.batches().iterator();
        }

        @Override
        public boolean hasNext() {
            return !isSpent() && batches.hasNext();
        }

        @Override
        public RecordBatch next() {
            MutableRecordBatch batch = batches.next();
            int start = position;
            position += batch.sizeInBytes();
            return batch instanceof DefaultRecordBatch ours && !batch.isControlBatch()
                    ? with(
                            RecordBatch.class,
                            batch,
                            "streamingIterator",
                            buffers -> new BoundedBatch(
                                    ours,
                                    records.buffer().slice(start, ours.sizeInBytes()),
                                    (BufferSupplier) buffers[0],
                                    RecordBound.this))
                    : batch;
        }
    }

    /** An object that does one thing in another way. */
    static <T> T with(Class<T> type, T object, String name, Function<Object[], @Nullable Object> instead) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        return instead.apply(arguments);
                    }
                    try {
                        return method.invoke(object, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

package dev.hemline.quality.score;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One budget of native memory for all of this process's stores, however many partitions and days they cover: what they
 * read, their indexes and what they have not written yet share one cache. By default each would take some 100 MB.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 32L << 20;
    /** Part of the cache, not beside it. */
    private static final long WRITE_BUFFER_BYTES = 12L << 20;

    /** Of one segment of one store; there are some dozens. */
    private static final long WRITE_BUFFER_BYTES_EACH = 1L << 20;

    private static final int WRITE_BUFFERS_EACH = 2;
    private static final double FOR_INDEXES = 0.3;
    private static final int SHARDS_BY_SIZE = -1;

    static {
        RocksDB.loadLibrary();
    }

    /** They live as long as the process does. */
    private static final Cache CACHE = new LRUCache(CACHE_BYTES, SHARDS_BY_SIZE, false, FOR_INDEXES);

    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            options.setTableFormatConfig(table.setBlockCache(CACHE)
                    .setCacheIndexAndFilterBlocks(true)
                    .setCacheIndexAndFilterBlocksWithHighPriority(true)
                    .setPinTopLevelIndexAndFilter(true));
        }
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES_EACH);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS_EACH);
        // Nobody reads them, and a process that ends before its stores are closed crashes in the timer that writes
        // them.
        options.setStatsDumpPeriodSec(0);
        options.setStatsPersistPeriodSec(0);
    }

    /** What a store opened for itself it closes itself; the rest is everybody's. */
    @Override
    public void close(String store, Options options) {}
}

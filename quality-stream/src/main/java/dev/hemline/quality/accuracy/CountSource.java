package dev.hemline.quality.accuracy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An instance that has some of the partitions. */
interface CountSource {
    /** For people, for instance {@code host:port}. */
    String name();

    /** What it has, by partition; fails if it cannot be reached. */
    CompletableFuture<Map<Integer, PartitionCounts>> counts(Span recent);
}

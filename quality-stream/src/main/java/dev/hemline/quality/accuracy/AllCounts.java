package dev.hemline.quality.accuracy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The partitions of all instances together, each once.
 *
 * @param partitions by number
 * @param missing the numbers of those that no instance told of
 * @param unreachable instances that could not be asked, and why not
 */
record AllCounts(Map<Integer, PartitionCounts> partitions, List<Integer> missing, Map<String, String> unreachable) {
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * An instance that was asked.
     *
     * @param name for people, for instance {@code host:port}
     * @param counts what it has, by partition; fails if it cannot be reached
     */
    record Asked(String name, CompletableFuture<Map<Integer, PartitionCounts>> counts) {}

    /**
     * While partitions move some are nowhere for a moment, so what is missing is asked for again for a few seconds, less and
     * less often.
     *
     * @param total how many partitions there are
     * @param ask asks all instances that have partitions as of now
     * @param patience after which what is missing is missing
     */
    static AllCounts of(int total, Supplier<List<Asked>> ask, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        Map<Integer, PartitionCounts> found = new TreeMap<>();
        for (long pause = PAUSE_NANOS; ; pause *= 2) {
            Map<String, String> unreachable = take(ask.get(), total, found);
            List<Integer> missing = IntStream.range(0, total)
                    .filter(partition -> !found.containsKey(partition))
                    .boxed()
                    .toList();
            if (missing.isEmpty() || Instant.now().isAfter(deadline) || Thread.interrupted()) {
                return new AllCounts(found, missing, unreachable);
            }
            LockSupport.parkNanos(pause);
        }
    }

    private static Map<String, String> take(List<Asked> asked, int total, Map<Integer, PartitionCounts> found) {
        Map<String, String> unreachable = new TreeMap<>();
        for (Asked instance : asked) {
            try {
                // Two may tell of one partition while it moves.
                instance.counts.join().forEach((partition, counts) -> {
                    if (partition >= 0 && partition < total) {
                        found.putIfAbsent(partition, counts);
                    }
                });
            } catch (CompletionException e) {
                unreachable.put(instance.name, reason(e));
            }
        }
        return unreachable;
    }

    private static String reason(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

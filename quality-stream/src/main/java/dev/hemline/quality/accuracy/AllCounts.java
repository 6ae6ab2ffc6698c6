package dev.hemline.quality.accuracy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Puts the partitions of all instances together, each once. While partitions move some are nowhere for a moment, so what is
 * missing is asked for again for a few seconds.
 */
final class AllCounts {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final int partitions;
    private final Supplier<List<CountSource>> instances;
    private final Duration patience;

    /**
     * @param instances that have partitions as of now
     * @param patience after which what is missing is missing
     */
    AllCounts(int partitions, Supplier<List<CountSource>> instances, Duration patience) {
        this.partitions = partitions;
        this.instances = instances;
        this.patience = patience;
    }

    /**
     * @param partitions by number
     * @param missing the numbers of those that no instance told of
     * @param unreachable instances that could not be asked, and why not
     */
    record Found(Map<Integer, PartitionCounts> partitions, List<Integer> missing, Map<String, String> unreachable) {}

    Found ask(Span recent) {
        Instant deadline = Instant.now().plus(patience);
        Map<Integer, PartitionCounts> found = new TreeMap<>();
        while (true) {
            Map<String, String> unreachable = ask(recent, found);
            List<Integer> missing = IntStream.range(0, partitions)
                    .filter(partition -> !found.containsKey(partition))
                    .boxed()
                    .toList();
            if (missing.isEmpty() || Instant.now().isAfter(deadline) || Thread.interrupted()) {
                return new Found(found, missing, unreachable);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Map<String, String> ask(Span recent, Map<Integer, PartitionCounts> found) {
        List<CountSource> asked = instances.get();
        List<CompletableFuture<Map<Integer, PartitionCounts>>> answers = new ArrayList<>();
        asked.forEach(instance -> answers.add(instance.counts(recent)));
        Map<String, String> unreachable = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                // Two may tell of one partition while it moves.
                answers.get(i).join().forEach(found::putIfAbsent);
            } catch (CompletionException e) {
                unreachable.put(asked.get(i).name(), reason(e));
            }
        }
        return unreachable;
    }

    private static String reason(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

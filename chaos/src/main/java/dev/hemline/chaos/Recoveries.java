package dev.hemline.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long the stream needs after each fault: until every partition has a committed result for an event that was made after
 * the fault had taken effect. For one thread.
 */
final class Recoveries {
    private final Predicate<Instant> everywhereAfter;
    private final List<Open> open = new ArrayList<>();
    private final Map<String, List<Double>> seconds = new TreeMap<>();

    /** @param everywhereAfter whether there are such results for events made after then */
    Recoveries(Predicate<Instant> everywhereAfter) {
        this.everywhereAfter = everywhereAfter;
    }

    private record Open(String kind, Instant struck, Instant effective) {}

    /**
     * A fault begins to count.
     *
     * @param struck when it was begun
     * @param effective when it had taken effect
     */
    void struck(String kind, Instant struck, Instant effective) {
        open.add(new Open(kind, struck, effective));
        seconds.computeIfAbsent(kind, first -> new ArrayList<>());
    }

    /**
     * Looks which faults are over by now; often, because that is how exact the times are.
     *
     * @return a sentence for each that is over since the last look
     */
    List<String> look(Instant now) {
        List<String> over = new ArrayList<>();
        open.removeIf(fault -> {
            boolean recovered = everywhereAfter.test(fault.effective());
            if (recovered) {
                double took = Duration.between(fault.struck(), now).toMillis() / 1e3;
                seconds.computeIfAbsent(fault.kind(), first -> new ArrayList<>())
                        .add(took);
                over.add(String.format(Locale.ROOT, "    %s: results everywhere after %.1f s", fault.kind(), took));
            }
            return recovered;
        });
        return over;
    }

    /** Whether there is no fault that the stream has not recovered from. */
    boolean done() {
        return open.isEmpty();
    }

    /** How many faults it has not recovered from. */
    int unfinished() {
        return open.size();
    }

    /** Times by kind of fault. */
    Map<String, Seconds> byKind() {
        Map<String, Seconds> kinds = new TreeMap<>();
        seconds.forEach((kind, times) -> kinds.put(kind, Seconds.of(times)));
        return kinds;
    }

    /** Times of all faults. */
    Seconds all() {
        return Seconds.of(seconds.values().stream().flatMap(List::stream).toList());
    }

    /**
     * Times in seconds.
     *
     * @param count how many faults the stream has recovered from
     * @param p50 the median; null where there is none
     * @param max the longest; null where there is none
     */
    record Seconds(
            int count, @Nullable Double p50, @Nullable Double max) {
        static Seconds of(Collection<Double> times) {
            List<Double> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            return sorted.isEmpty()
                    ? new Seconds(0, null, null)
                    : new Seconds(sorted.size(), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
        }
    }
}

package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.latency.Plan.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was found so far, round by round. */
final class LoadResults {
    private final Map<Trial, List<LoadResult>> byTrial = new HashMap<>();
    private long otherLabels;

    void add(Trial trial, LoadResult result) {
        byTrial.computeIfAbsent(trial, none -> new ArrayList<>()).add(result);
    }

    /** Tells of labels that are others than expected, in one turn. */
    void differences(long count) {
        otherLabels = Math.max(otherLabels, count);
    }

    /** One for each round; none if the contender was not able to. */
    List<LoadResult> of(Trial trial) {
        return byTrial.getOrDefault(trial, List.of());
    }

    /** The most in any turn. */
    long otherLabels() {
        return otherLabels;
    }
}

package dev.hemline.testbed.audit;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The confusion matrices of all versions, twice: as the topic of scores has them, and as results and labels give them to
 * somebody who counts again.
 *
 * @param scored results per cell by the topic
 * @param recounted results per cell by the count
 */
public record ScoreCheck(Map<Cell, Long> scored, Map<Cell, Long> recounted) {
    public ScoreCheck {
        scored = Map.copyOf(scored);
        recounted = Map.copyOf(recounted);
    }

    /** Results of a version by their true class and the one it gave. */
    public record Cell(int version, int actual, int predicted) {}

    /** Whether both agree in every cell. */
    public boolean agrees() {
        return scored.equals(recounted);
    }

    /** How many results the topic has scored. */
    public long scoredResults() {
        return sum(scored);
    }

    /** How many results have a label by the count. */
    public long recountedResults() {
        return sum(recounted);
    }

    private static long sum(Map<Cell, Long> cells) {
        return cells.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A version's accuracy by the topic; empty if nothing of it was scored. */
    public OptionalDouble scoredAccuracy(int version) {
        long all = 0;
        long right = 0;
        for (Map.Entry<Cell, Long> entry : scored.entrySet()) {
            Cell cell = entry.getKey();
            if (cell.version == version) {
                all += entry.getValue();
                right += cell.actual == cell.predicted ? entry.getValue() : 0;
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / all);
    }
}

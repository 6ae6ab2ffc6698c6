package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.runner.Lines;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Results until an alarm, over some trials.
 *
 * @param median null where half of the trials had no alarm
 * @param longest null where one had none
 * @param missed trials without an alarm
 */
record Delay(@Nullable Integer median, @Nullable Integer longest, int missed) {
    /** @param results of each trial; empty where none came */
    static Delay of(List<OptionalInt> results) {
        int[] sorted = results.stream()
                .mapToInt(came -> came.orElse(Integer.MAX_VALUE))
                .sorted()
                .toArray();
        return new Delay(known(sorted[(sorted.length - 1) / 2]), known(sorted[sorted.length - 1]), (int)
                results.stream().filter(OptionalInt::isEmpty).count());
    }

    private static @Nullable Integer known(int results) {
        return results == Integer.MAX_VALUE ? null : results;
    }

    /** As a table shows it, for instance {@code 250 (450)}. */
    String text() {
        return number(median) + (missed == 0 ? " (" + number(longest) + ")" : Lines.text(" (%d without)", missed));
    }

    private static String number(@Nullable Integer results) {
        return results == null ? "-" : Lines.text("%,d", results);
    }
}

package dev.hemline.benchmarks.refresh;

import java.util.List;

/**
 * What variants came to with the same pictures and the same labels.
 *
 * @param change that befell pictures
 * @param labels how many there were
 * @param before what served when they changed
 */
record Comparison(String change, int labels, Judged before, List<Attempt> attempts) {
    Comparison {
        attempts = List.copyOf(attempts);
    }

    /**
     * One of them.
     *
     * @param seconds that its training took
     * @param after what serves from then on
     */
    record Attempt(Variant variant, double seconds, Judged after) {}
}

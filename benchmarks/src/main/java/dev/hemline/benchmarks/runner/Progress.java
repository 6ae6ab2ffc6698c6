package dev.hemline.benchmarks.runner;

/** Hears how far a bench is. */
@FunctionalInterface
public interface Progress {
    /**
     * Something begins.
     *
     * @param before how many turns, swaps or events there were so far
     * @param all how many there will be
     * @param what begins, for instance whose turn it is
     */
    void at(long before, long all, String what);
}

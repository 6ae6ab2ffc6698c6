package dev.hemline.benchmarks.tournament;

/** Hears how far a tournament is. */
@FunctionalInterface
public interface TurnListener {

    /**
     * A turn begins.
     *
     * @param before turns so far
     * @param all turns there will be
     * @param contender whose turn it is
     */
    void turn(int before, int all, String contender);
}

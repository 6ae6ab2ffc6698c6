package dev.hemline.benchmarks.scale;

/**
 * What became of events.
 *
 * @param sent warm-up included
 * @param lost without a result, dead letters included
 * @param duplicated results beyond one per event
 */
record Outcomes(long sent, long lost, long duplicated) {
    static final Outcomes NONE = new Outcomes(0, 0, 0);

    Outcomes plus(Outcomes more) {
        return new Outcomes(sent + more.sent, lost + more.lost, duplicated + more.duplicated);
    }

    boolean exactlyOnce() {
        return lost == 0 && duplicated == 0;
    }
}

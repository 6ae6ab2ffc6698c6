package dev.hemline.producer;

/**
 * How far a run has come.
 *
 * @param events image events that were sent, good and bad
 * @param labelled of how many of them, counted from the first, nothing is left to be told
 */
record RunPosition(long events, long labelled) {
    static final RunPosition START = new RunPosition(0, 0);
}

package dev.hemline.benchmarks.swaps;

/**
 * A result as a reader of committed results saw it.
 *
 * @param version the model that answered
 * @param classifiedAt milliseconds since 1970
 * @param latencyMillis from the image's making to its reading
 */
record Result(int version, long classifiedAt, long latencyMillis) {}

package dev.hemline.benchmarks.latency;

/**
 * What one contender made of one load once.
 *
 * @param committed for readers that wait for transactions
 * @param uncommitted for readers that do not
 * @param swaps how often another model version took over among the results that count
 * @param keptUp whether no more than a second's events were without committed result when the last was sent
 * @param senderLateMillis how late the sender handed on 99 of 100 events at most; this is in the latencies
 */
record LoadResult(Latency committed, Latency uncommitted, int swaps, boolean keptUp, double senderLateMillis) {}

package dev.hemline.page;

import org.jspecify.annotations.Nullable;

/**
 * One second of this instance.
 *
 * @param at when it ended, in milliseconds since 1970
 * @param results events that a model answered, per second
 * @param rejects events that went to the dead letters, per second
 * @param p50 milliseconds from capture to answer that half of the results took at most; null without results
 * @param p99 the same for 99 of 100
 */
record Pulse(
        long at,
        double results,
        double rejects,
        @Nullable Double p50,
        @Nullable Double p99) {}

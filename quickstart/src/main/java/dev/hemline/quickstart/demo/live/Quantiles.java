package dev.hemline.quickstart.demo.live;

/** The middle and the slowest hundredth of latencies, in milliseconds. */
public record Quantiles(long p50, long p99) {}

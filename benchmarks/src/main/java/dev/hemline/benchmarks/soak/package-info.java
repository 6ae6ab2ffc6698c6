/** Millions of events at full speed, and hundreds of swaps: does anything grow that should not? */
package dev.hemline.benchmarks.soak;

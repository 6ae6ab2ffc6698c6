/** Millions of events at full speed, and hundreds of swaps: does anything grow that should not? */
@NullMarked
package dev.hemline.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

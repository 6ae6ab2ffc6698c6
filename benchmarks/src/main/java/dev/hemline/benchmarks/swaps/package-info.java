/** What swapping models costs a running stream. */
@NullMarked
package dev.hemline.benchmarks.swaps;

import org.jspecify.annotations.NullMarked;

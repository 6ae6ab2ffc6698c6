/** How long events wait for their results under a steady load, and under one that changes its model meanwhile. */
@NullMarked
package dev.hemline.benchmarks.latency;

import org.jspecify.annotations.NullMarked;

/** What all benches have in common: turns, the stream that they measure and whom they measure, and where figures go. */
@NullMarked
package dev.hemline.benchmarks.runner;

import org.jspecify.annotations.NullMarked;

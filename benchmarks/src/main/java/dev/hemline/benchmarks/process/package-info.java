/** What other processes take from the machine. */
@NullMarked
package dev.hemline.benchmarks.process;

import org.jspecify.annotations.NullMarked;

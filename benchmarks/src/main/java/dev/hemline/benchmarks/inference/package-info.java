/** How many images a second one core classifies, beside other ways to do it and the core's own limit. */
@NullMarked
package dev.hemline.benchmarks.inference;

import org.jspecify.annotations.NullMarked;

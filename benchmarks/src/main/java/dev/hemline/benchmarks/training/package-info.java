/** How fast networks learn, beside DJL's own blocks. */
@NullMarked
package dev.hemline.benchmarks.training;

import org.jspecify.annotations.NullMarked;

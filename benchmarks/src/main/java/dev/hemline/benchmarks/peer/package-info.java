/** Other ways to do what Hemline does, to be measured beside it; each as its own makers would write it. */
@NullMarked
package dev.hemline.benchmarks.peer;

import org.jspecify.annotations.NullMarked;

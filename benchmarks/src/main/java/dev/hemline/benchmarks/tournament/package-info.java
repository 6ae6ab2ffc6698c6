/** Contenders that take turns on one machine, and what their speeds come to. */
@NullMarked
package dev.hemline.benchmarks.tournament;

import org.jspecify.annotations.NullMarked;

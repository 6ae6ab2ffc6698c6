/** Measurements that anyone can repeat with one command. */
@NullMarked
package dev.hemline.benchmarks;

import org.jspecify.annotations.NullMarked;

/** How many images a second a network classifies, and how many it learns from, beside other ways to do it. */
@NullMarked
package dev.hemline.benchmarks.network;

import org.jspecify.annotations.NullMarked;

/** How soon a process that is started classifies. */
@NullMarked
package dev.hemline.benchmarks.startup;

import org.jspecify.annotations.NullMarked;

/** What the verbs that measure have in common. */
@NullMarked
package dev.hemline.benchmarks.command;

import org.jspecify.annotations.NullMarked;

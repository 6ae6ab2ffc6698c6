/** A backlog worked off, by Hemline and in other ways: events a second, and processor time per event. */
@NullMarked
package dev.hemline.benchmarks.stream;

import org.jspecify.annotations.NullMarked;

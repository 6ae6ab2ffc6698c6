/**
 * Ways to classify a stream, Hemline's and others; and how each works a backlog off: events a second, and processor time per event.
 */
@NullMarked
package dev.hemline.benchmarks.stream;

import org.jspecify.annotations.NullMarked;

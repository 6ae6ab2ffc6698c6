/** How contenders work a backlog off: events a second, and processor time per event. */
@NullMarked
package dev.hemline.benchmarks.stream;

import org.jspecify.annotations.NullMarked;

/** What an event costs the classifier, whatever the number of partitions, of events, of instances, and of bytes. */
@NullMarked
package dev.hemline.benchmarks.scale;

import org.jspecify.annotations.NullMarked;

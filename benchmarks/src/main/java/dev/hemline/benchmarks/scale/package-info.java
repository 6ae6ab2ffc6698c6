/** What an event costs the classifier, whatever the number of partitions, of events, of instances, and of bytes. */
package dev.hemline.benchmarks.scale;

/** How contenders work a backlog off: events a second, and processor time per event. */
package dev.hemline.benchmarks.stream;

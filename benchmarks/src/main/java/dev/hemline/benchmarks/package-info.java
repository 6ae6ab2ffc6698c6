/** Measurements that anyone can repeat with one command. */
package dev.hemline.benchmarks;

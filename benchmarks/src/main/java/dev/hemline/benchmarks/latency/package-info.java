/** How long events wait for their results under a steady load, and under one that changes its model meanwhile. */
package dev.hemline.benchmarks.latency;

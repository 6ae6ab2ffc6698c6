/** What all benches have in common: turns, the stream that they measure and whom they measure, and where figures go. */
package dev.hemline.benchmarks.runner;

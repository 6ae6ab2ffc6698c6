/** What all benches have in common: flags, turns, and where figures go. */
package dev.hemline.benchmarks.runner;

/** Simulated experiments: how often a candidate is promoted that should not be, and how many labels it takes where it should. */
package dev.hemline.benchmarks.referee;

/** How soon drift is told, how often for nothing, and how that compares with a test that one would run instead. */
package dev.hemline.benchmarks.drift;

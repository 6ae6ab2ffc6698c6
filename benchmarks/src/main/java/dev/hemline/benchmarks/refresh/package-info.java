/** What a refresh with labelled traffic brings, by labels, mistakes in them, and recipe. */
package dev.hemline.benchmarks.refresh;

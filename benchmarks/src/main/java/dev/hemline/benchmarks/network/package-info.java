/** How many images a second a network classifies, and how many it learns from, beside other ways to do it. */
package dev.hemline.benchmarks.network;

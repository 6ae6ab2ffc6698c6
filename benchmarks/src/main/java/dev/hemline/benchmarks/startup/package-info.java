/** How soon a process that is started classifies. */
package dev.hemline.benchmarks.startup;

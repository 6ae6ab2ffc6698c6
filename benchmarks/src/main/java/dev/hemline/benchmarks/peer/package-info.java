/** Other ways to do what Hemline does, to be measured beside it; each as its own makers would write it. */
package dev.hemline.benchmarks.peer;

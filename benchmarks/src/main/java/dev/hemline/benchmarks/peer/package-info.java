/**
 * Other ways to do what Hemline does, to be measured beside it, each as its own makers would write it: to run and to train a
 * network, and to classify a stream in a JVM of their own.
 */
package dev.hemline.benchmarks.peer;

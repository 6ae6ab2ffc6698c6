package dev.hemline.benchmarks.startup;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One start, in seconds since the process was started.
 *
 * @param ready when it first said so; empty for those that do not say
 * @param firstResult when a reader that waits for transactions had the result of an event that was waiting
 * @param steps on the way, as far as the log tells of them
 * @param label of that result
 */
record Start(OptionalDouble ready, double firstResult, Map<Step, Double> steps, int label) {}

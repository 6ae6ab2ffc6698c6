package dev.hemline.benchmarks.training;

import java.util.function.Consumer;

/**
 * A way to train a network.
 *
 * @param name as the report calls it
 * @param turn trains from the first weights on, until the timer has seen enough steps
 */
record Contender(String name, Consumer<StepTimer> turn) {}

package dev.hemline.benchmarks.tournament;

import java.util.function.Consumer;

/**
 * One of several ways to do the same.
 *
 * @param name as the report calls it
 * @param imagesPerStep images that each step goes through
 * @param turn takes steps, each told to the timer, until the timer has seen enough
 */
public record Contender(String name, int imagesPerStep, Consumer<StepTimer> turn) {}

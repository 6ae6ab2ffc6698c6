package dev.hemline.benchmarks.tournament;

import java.util.List;

/**
 * A contender's speed.
 *
 * @param name the contender's
 * @param imagesPerSecond over its turns
 * @param turns images per second in each round
 */
public record Speed(String name, Spread imagesPerSecond, List<Double> turns) {

    /** @param turns images per second in each round, at least one */
    public static Speed of(String name, List<Double> turns) {
        return new Speed(name, Spread.of(turns), List.copyOf(turns));
    }
}

package dev.hemline.benchmarks.runner;

import java.util.List;

/**
 * A contender's speed.
 *
 * @param name the contender's
 * @param imagesPerSecond over its turns
 * @param turns images per second in each round
 */
public record Speed(String name, Spread imagesPerSecond, List<Double> turns) {
    /**
     * Two contenders compared.
     *
     * @param name the one's
     * @param to the other's
     * @param times as fast, round by round
     */
    public record Ratio(String name, String to, Spread times) {}

    /** @param turns images per second in each round, at least one */
    public static Speed of(String name, List<Double> turns) {
        return new Speed(name, Spread.of(turns), List.copyOf(turns));
    }

    /** @param other of the same rounds */
    public Ratio ratioTo(Speed other) {
        return new Ratio(name, other.name(), Spread.ofRatios(turns, other.turns(), turn -> turn));
    }
}

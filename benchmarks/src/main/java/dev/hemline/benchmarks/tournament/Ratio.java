package dev.hemline.benchmarks.tournament;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two contenders compared.
 *
 * @param name the one's
 * @param to the other's
 * @param times as fast, round by round, so that what else the machine did in a round falls on both
 */
public record Ratio(String name, String to, Spread times) {

    /** @param other of the same tournament */
    public static Ratio of(Speed some, Speed other) {
        List<Double> perRound = IntStream.range(0, some.turns().size())
                .mapToObj(round -> some.turns().get(round) / other.turns().get(round))
                .toList();
        return new Ratio(some.name(), other.name(), Spread.of(perRound));
    }
}

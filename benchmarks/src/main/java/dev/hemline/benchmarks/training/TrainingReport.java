package dev.hemline.benchmarks.training;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param network its name
 * @param parameters numbers that training changes, the same for every contender
 * @param largestDifference between two probabilities that the blocks and the archive gave for the same images
 * @param batchSize images per step
 * @param threads of libtorch
 * @param processors that this machine has
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param rounds that count
 * @param secondsPerTurn of steps that count
 * @param contenders in the order of their turns
 * @param ratios how many times as fast each is as the first
 * @param race how soon the last learns, null if it was left out
 */
record TrainingReport(
        String network,
        long parameters,
        double largestDifference,
        int batchSize,
        int threads,
        int processors,
        double loadBefore,
        int rounds,
        double secondsPerTurn,
        List<Speed> contenders,
        List<Ratio> ratios,
        @Nullable RaceResult race) {

    /**
     * A contender's speed.
     *
     * @param imagesPerSecond over its turns
     * @param turns images per second in each round
     */
    record Speed(String name, Spread imagesPerSecond, List<Double> turns) {
        static Speed of(String name, List<Double> turns) {
            return new Speed(name, Spread.of(turns), List.copyOf(turns));
        }
    }

    /**
     * Two contenders compared.
     *
     * @param times as fast, round by round, so that what else the machine did in a round falls on both
     */
    record Ratio(String name, String to, Spread times) {
        static Ratio of(Speed some, Speed other) {
            List<Double> perRound = IntStream.range(0, some.turns().size())
                    .mapToObj(round -> some.turns().get(round) / other.turns().get(round))
                    .toList();
            return new Ratio(some.name(), other.name(), Spread.of(perRound));
        }
    }
}

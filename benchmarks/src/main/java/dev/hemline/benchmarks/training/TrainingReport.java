package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import java.util.List;
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
        @Nullable RaceResult race) {}

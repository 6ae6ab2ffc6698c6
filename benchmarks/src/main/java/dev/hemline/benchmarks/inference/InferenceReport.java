package dev.hemline.benchmarks.inference;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param network its name
 * @param parameters numbers that training changes
 * @param operations multiplications and additions per image, each counted as one
 * @param processors that this machine has; one was used
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 * @param rounds that count
 * @param secondsPerTurn of calls that count
 * @param peak what there is to be had
 * @param rows one for each contender and batch size
 * @param ratios Hemline to each of the others with the same batch size, and then each with its best
 */
record InferenceReport(
        String network,
        long parameters,
        long operations,
        int processors,
        double loadBefore,
        int rounds,
        double secondsPerTurn,
        Peak peak,
        List<Row> rows,
        List<Ratio> ratios) {

    /**
     * A contender with one batch size.
     *
     * @param agreement of its answers with those of the first contender
     * @param shareOfPeak operations a second as a share of the peak's median
     */
    record Row(String contender, int batch, Agreement agreement, Speed speed, double shareOfPeak) {}
}

package dev.hemline.quality.batch;

import java.util.function.IntPredicate;

/**
 * Results added up, apart by the group that was predicted: all that drift detection needs of them. Not for several threads.
 */
@SuppressWarnings("ArrayRecordComponent") // added to, never compared
public record Sums(int[] results, double[][] logProbabilities) {
    /**
     * @param results by predicted group
     * @param logProbabilities by predicted group, the sum of {@link LogProbabilities}
     */
    public Sums {
        if (results.length != logProbabilities.length) {
            throw new IllegalArgumentException(results.length + " groups, and sums of " + logProbabilities.length);
        }
    }

    /** Of no results yet. */
    public static Sums none(int groups) {
        return new Sums(new int[groups], new double[groups][groups]);
    }

    public int groups() {
        return results.length;
    }

    /** How many results all in all. */
    public int count() {
        int sum = 0;
        for (int count : results) {
            sum += count;
        }
        return sum;
    }

    /** Adds one result. */
    public void add(int predicted, double[] logs) {
        add(predicted, 1, logs);
    }

    /** Adds all of {@code other}, of as many groups. */
    public void add(Sums other) {
        for (int group = 0; group < results.length; group++) {
            results[group] += other.results[group];
            addTo(logProbabilities[group], other.logProbabilities[group]);
        }
    }

    /** Adds several results of one predicted group. */
    public void add(int predicted, int count, double[] logs) {
        results[predicted] += count;
        addTo(logProbabilities[predicted], logs);
    }

    /** By predicted group, the mean log-probabilities; where there is no result, those of all. */
    public double[][] means() {
        int groups = results.length;
        double[] all = new double[groups];
        for (double[] sum : logProbabilities) {
            addTo(all, sum);
        }
        double[][] means = new double[groups][groups];
        for (int group = 0; group < groups; group++) {
            double[] of = results[group] == 0 ? all : logProbabilities[group];
            int by = Math.max(1, results[group] == 0 ? count() : results[group]);
            for (int i = 0; i < groups; i++) {
                means[group][i] = of[i] / by;
            }
        }
        return means;
    }

    /** The sum of how far each result's log-probabilities are from the means of its predicted group. */
    public double[] deviation(double[][] means) {
        return deviation(means, group -> true);
    }

    /** The same, of predicted groups that count. */
    public double[] deviation(double[][] means, IntPredicate counts) {
        double[] deviation = new double[results.length];
        for (int group = 0; group < results.length; group++) {
            if (results[group] > 0 && counts.test(group)) {
                for (int i = 0; i < deviation.length; i++) {
                    deviation[i] += logProbabilities[group][i] - results[group] * means[group][i];
                }
            }
        }
        return deviation;
    }

    private static void addTo(double[] sum, double[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }
}

package dev.hemline.quality.drift;

import java.util.Arrays;

/**
 * What a version answers to images of each class, as far as that was measured: with it, a change of the class mix is told from
 * a change of the pictures. Where one class's images come more often, those predicted to be of another have more of them among
 * them, and their mean log-probabilities move although no picture has changed.
 */
final class ClassMix {
    private static final int ITERATIONS = 50;
    /** So many images of the mean of their predicted group are added to each cell, since some have but a few. */
    private static final double SHRINKAGE = 5;

    /** By predicted, then actual group: the share of the images of the actual group. */
    private final double[][] predictedGivenActual;

    private final double[] shares;
    /** By predicted, then actual group: mean log-probabilities. */
    private final double[][][] means;

    /**
     * @param images by predicted, then actual group
     * @param logProbabilities their sums, likewise
     */
    ClassMix(int[][] images, double[][][] logProbabilities) {
        int groups = images.length;
        predictedGivenActual = new double[groups][groups];
        shares = new double[groups];
        means = new double[groups][groups][];
        double all = Arrays.stream(images).flatMapToInt(Arrays::stream).sum();
        for (int predicted = 0; predicted < groups; predicted++) {
            double ofPredicted = Arrays.stream(images[predicted]).sum();
            double[] mean = divided(sum(logProbabilities[predicted]), Math.max(1, ofPredicted));
            for (int actual = 0; actual < groups; actual++) {
                shares[actual] += images[predicted][actual] / all;
                predictedGivenActual[predicted][actual] = images[predicted][actual] + 0.5 * ofPredicted / all;
                means[predicted][actual] = shrunk(logProbabilities[predicted][actual], images[predicted][actual], mean);
            }
        }
        for (int actual = 0; actual < groups; actual++) {
            for (int predicted = 0; predicted < groups; predicted++) {
                predictedGivenActual[predicted][actual] /= shares[actual] * all + 0.5;
            }
        }
    }

    private static double[] sum(double[][] rows) {
        double[] sum = new double[rows.length];
        for (double[] row : rows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i];
            }
        }
        return sum;
    }

    private static double[] divided(double[] sum, double by) {
        return Arrays.stream(sum).map(value -> value / by).toArray();
    }

    private static double[] shrunk(double[] sum, int images, double[] towards) {
        double[] mean = new double[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (sum[i] + SHRINKAGE * towards[i]) / (images + SHRINKAGE);
        }
        return mean;
    }

    /** The shares of actual groups under which these predictions are most likely, by expectation maximisation. */
    double[] of(int[] predictions) {
        int groups = predictions.length;
        double all = Arrays.stream(predictions).sum();
        double[] mix = new double[groups];
        for (int actual = 0; actual < groups; actual++) {
            // Expectation maximisation never gives a share to what has none.
            mix[actual] = 0.9 * shares[actual] + 0.1 / groups;
        }
        for (int i = 0; i < ITERATIONS; i++) {
            double[] next = new double[groups];
            for (int predicted = 0; predicted < groups; predicted++) {
                if (predictions[predicted] > 0) {
                    double[] posterior = actualGiven(predicted, mix);
                    for (int actual = 0; actual < groups; actual++) {
                        next[actual] += predictions[predicted] * posterior[actual] / all;
                    }
                }
            }
            mix = next;
        }
        return mix;
    }

    /** By predicted group, the mean log-probabilities to be expected under a mix, if pictures are as they were. */
    double[][] expected(double[] mix) {
        int groups = mix.length;
        double[][] expected = new double[groups][groups];
        for (int predicted = 0; predicted < groups; predicted++) {
            double[] posterior = actualGiven(predicted, mix);
            for (int actual = 0; actual < groups; actual++) {
                for (int i = 0; i < groups; i++) {
                    expected[predicted][i] += posterior[actual] * means[predicted][actual][i];
                }
            }
        }
        return expected;
    }

    private double[] actualGiven(int predicted, double[] mix) {
        double[] posterior = new double[mix.length];
        double all = 0;
        for (int actual = 0; actual < mix.length; actual++) {
            posterior[actual] = mix[actual] * predictedGivenActual[predicted][actual];
            all += posterior[actual];
        }
        for (int actual = 0; actual < mix.length; actual++) {
            posterior[actual] = all > 0 ? posterior[actual] / all : 1.0 / mix.length;
        }
        return posterior;
    }
}

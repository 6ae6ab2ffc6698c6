package dev.hemline.quality.drift;

/**
 * A covariance matrix, to measure how far from zero a sum of deviations is, in standard deviations. A network that is sure of itself gives most
 * classes next to nothing, and one of them more once in a thousand results: that moves a sum of few results further than a normal
 * distribution has it. So the fewer results, the larger variances are taken to be.
 */
final class Covariance {
    /** This part of the mean variance is added to each: groups whose probabilities never move would make it singular. */
    private static final double RIDGE = 0.01;

    /** The most that one result moves a log-probability by, squared. */
    private static final double RANGE = 9.2 * 9.2;

    /**
     * Variance that is added to each group's sum, of however many results: of one that moves by its whole range, in one of eleven sums.
     * Chosen by simulation, docs/drift.md has it.
     */
    private static final double RARE = RANGE / 11;

    /** As many as are looked at, at least; a factor serves up to twice as many results. */
    private static final int FEWEST = Detector.SPACING;

    private static final int FACTORS = 16;

    /** Cholesky factors, of the covariance of a mean result among {@value #FEWEST}, twice as many, and so on. */
    private final double[][][] factors = new double[FACTORS][][];

    /**
     * @param matrix of one result, symmetric; its lower triangle is read
     * @param results that it was measured on; what was never seen among these may come once in as many
     * @param inflation by which all of it is taken to be larger
     * @throws IllegalArgumentException if it is no covariance
     */
    Covariance(double[][] matrix, double results, double inflation) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        double ridge = RIDGE * trace / matrix.length + RANGE / Math.max(1, results);
        for (int i = 0; i < FACTORS; i++) {
            factors[i] = cholesky(matrix, ridge + RARE / FEWEST / (1 << i), inflation);
        }
    }

    private static double[][] cholesky(double[][] matrix, double ridge, double inflation) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = inflation * (matrix[row][column] + (row == column ? ridge : 0));
                for (int i = 0; i < column; i++) {
                    rest -= factor[row][i] * factor[column][i];
                }
                if (row == column && !(rest > 0)) {
                    throw new IllegalArgumentException("No covariance: variance " + rest + " is left in row " + row);
                }
                factor[row][column] = row == column ? Math.sqrt(rest) : rest / factor[column][column];
            }
        }
        return factor;
    }

    private double[][] factor(double results) {
        int doublings = Math.getExponent(Math.max(1, results / FEWEST));
        return factors[Math.min(doublings, FACTORS - 1)];
    }

    /**
     * Squared Mahalanobis length.
     *
     * @param sum of deviations
     * @param results it was summed over
     * @return as of one result with this deviation: of a sum that is by chance alone, the number of results for each dimension
     */
    double squaredLength(double[] sum, double results) {
        double[][] factor = factor(results);
        double[] whitened = new double[sum.length];
        double squared = 0;
        for (int row = 0; row < sum.length; row++) {
            double rest = sum[row];
            for (int i = 0; i < row; i++) {
                rest -= factor[row][i] * whitened[i];
            }
            whitened[row] = rest / factor[row][row];
            squared += whitened[row] * whitened[row];
        }
        return squared;
    }

    /** Standard deviation of one coordinate of one result. */
    double deviation(int coordinate) {
        double variance = 0;
        for (double value : factors[FACTORS - 1][coordinate]) {
            variance += value * value;
        }
        return Math.sqrt(variance);
    }
}

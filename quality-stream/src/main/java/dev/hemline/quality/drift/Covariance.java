package dev.hemline.quality.drift;

/** A covariance matrix, kept as its Cholesky factor, to measure how far from zero a sum of deviations is. */
final class Covariance {
    /** This part of the mean variance is added to each: groups whose probabilities never move would make it singular. */
    private static final double RIDGE = 0.01;

    private final double[][] factor;

    /**
     * @param matrix symmetric; its lower triangle is read
     * @param inflation by which all of it is taken to be larger
     * @throws IllegalArgumentException if it is no covariance
     */
    Covariance(double[][] matrix, double inflation) {
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        factor = cholesky(matrix, Math.max(RIDGE * trace / matrix.length, 1e-9), inflation);
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

    /** Squared Mahalanobis length of a vector. */
    double squaredLength(double[] vector) {
        double[] whitened = new double[vector.length];
        double sum = 0;
        for (int row = 0; row < vector.length; row++) {
            double rest = vector[row];
            for (int i = 0; i < row; i++) {
                rest -= factor[row][i] * whitened[i];
            }
            whitened[row] = rest / factor[row][row];
            sum += whitened[row] * whitened[row];
        }
        return sum;
    }

    /** Standard deviation of one coordinate. */
    double deviation(int coordinate) {
        double variance = 0;
        for (double value : factor[coordinate]) {
            variance += value * value;
        }
        return Math.sqrt(variance);
    }
}

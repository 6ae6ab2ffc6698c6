package dev.hemline.quality.evidence;

/** Sums of numbers whose logarithms alone are at hand: they may be larger or smaller than a double can be. */
public final class LogSpace {
    private LogSpace() {}

    /** The logarithm of a sum, of the logarithms of its terms. */
    public static double sum(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum);
    }

    /** The same of a mean. */
    public static double mean(double[] logs) {
        return sum(logs) - Math.log(logs.length);
    }
}

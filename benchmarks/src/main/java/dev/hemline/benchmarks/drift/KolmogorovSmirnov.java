package dev.hemline.benchmarks.drift;

/** The two-sample test of Kolmogorov and Smirnov for samples of the same size, exact where no two values are alike. */
final class KolmogorovSmirnov {
    /** Further terms of the alternating sum change no decision. */
    private static final double NEGLIGIBLE = Math.log(1e-18);

    private KolmogorovSmirnov() {}

    /**
     * How likely two samples of one distribution are to differ as much, 0 to 1.
     *
     * @param first sorted
     * @param second sorted, as many
     */
    static double pValue(double[] first, double[] second) {
        return pValue(first.length, largestDifference(first, second));
    }

    /** How many values more than the other one of the samples has, up to the place where that is most. */
    static int largestDifference(double[] first, double[] second) {
        int ofFirst = 0;
        int ofSecond = 0;
        int largest = 0;
        while (ofFirst < first.length && ofSecond < second.length) {
            double value = Math.min(first[ofFirst], second[ofSecond]);
            while (ofFirst < first.length && first[ofFirst] == value) {
                ofFirst++;
            }
            while (ofSecond < second.length && second[ofSecond] == value) {
                ofSecond++;
            }
            largest = Math.max(largest, Math.abs(ofFirst - ofSecond));
        }
        return largest;
    }

    /**
     * Gnedenko's and Korolyuk's sum, 2 Σ (-1)^(k-1) C(2n, n-kd) / C(2n, n): a walk of n steps up and n down comes back to where it
     * began, and how often it goes d away is counted by reflection.
     */
    private static double pValue(int n, int difference) {
        if (difference == 0) {
            return 1;
        }
        double sum = 0;
        double logRatio = 0;
        int away = 0;
        for (int k = 1; k * difference <= n && logRatio > NEGLIGIBLE; k++) {
            for (; away < k * difference; away++) {
                logRatio += Math.log((double) (n - away) / (n + away + 1));
            }
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(logRatio);
        }
        return Math.max(0, Math.min(1, sum));
    }
}

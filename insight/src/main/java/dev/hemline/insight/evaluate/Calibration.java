package dev.hemline.insight.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model is as often right as it is sure.
 *
 * @param bins answers by confidence, from 0 to 1; all of one width
 */
public record Calibration(List<Bin> bins) {
    private static final int BINS = 10;

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of similar confidence.
     *
     * @param low least confidence of the bin
     * @param high where the next bin begins
     * @param answers how many fell in
     * @param confidence their mean, 0 where there are none
     * @param accuracy share of them that was right, 0 where there are none
     */
    public record Bin(double low, double high, int answers, double confidence, double accuracy) {}

    /** Sorts a model's answers into ten bins. */
    public static Calibration of(Answers answers) {
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] confidence = new double[BINS];
        for (int i = 0; i < answers.size(); i++) {
            int bin = (int) Math.min(BINS - 1, answers.confidence(i) * BINS);
            counts[bin]++;
            right[bin] += answers.isRight(i) ? 1 : 0;
            confidence[bin] += answers.confidence(i);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            double n = Math.max(1, counts[bin]);
            bins.add(new Bin(
                    bin / (double) BINS, (bin + 1) / (double) BINS, counts[bin], confidence[bin] / n, right[bin] / n));
        }
        return new Calibration(bins);
    }

    /** Expected calibration error: how far confidence and accuracy lie apart, on average over all answers; 0 is best. */
    public double expectedError() {
        double sum = 0;
        int answers = 0;
        for (Bin bin : bins) {
            sum += bin.answers() * Math.abs(bin.accuracy() - bin.confidence());
            answers += bin.answers();
        }
        return answers == 0 ? 0 : sum / answers;
    }
}

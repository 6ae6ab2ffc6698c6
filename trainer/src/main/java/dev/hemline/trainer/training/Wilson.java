package dev.hemline.trainer.training;

/**
 * The range in which the true share of right answers lies, with 95 % confidence, by Wilson's formula. It says how much of
 * an accuracy is owed to the images that happened to be drawn.
 *
 * @param low 0 to 1
 * @param high 0 to 1
 */
public record Wilson(double low, double high) {
    private static final double DEVIATIONS = 1.959964;

    /**
     * @param share of right answers, 0 to 1
     * @param n how many answers, at least 1
     */
    public static Wilson interval(double share, int n) {
        double squared = DEVIATIONS * DEVIATIONS;
        double centre = (share + squared / (2 * n)) / (1 + squared / n);
        double margin = DEVIATIONS / (1 + squared / n) * Math.sqrt(share * (1 - share) / n + squared / (4.0 * n * n));
        return new Wilson(centre - margin, centre + margin);
    }
}

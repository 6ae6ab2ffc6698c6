package dev.hemline.benchmarks.referee;

import dev.hemline.quality.experiment.PairedCounts;

/** McNemar's test of the same events, one-sided at 5 %: what one would take who knew before how many labels there will be. */
final class McNemar {
    private static final double LEVEL = 1.6449;
    private static final double POWER = 0.8416;

    private McNemar() {}

    /** That the candidate is better; by the normal approximation, with a correction for continuity. */
    static boolean shows(PairedCounts counts) {
        double disagreements = counts.wins() + (double) counts.losses();
        return counts.wins() - counts.losses() - 1 >= LEVEL * Math.sqrt(disagreements) && disagreements > 0;
    }

    /** Labels after which one look shows a difference four times out of five. */
    static long labels(double difference, double disagreement) {
        double deviations = LEVEL * Math.sqrt(disagreement) + POWER * Math.sqrt(disagreement - difference * difference);
        return Math.round(Math.ceil(deviations * deviations / (difference * difference)));
    }
}

package dev.hemline.benchmarks.referee;

import dev.hemline.quality.experiment.Design;
import org.jspecify.annotations.Nullable;

/** The fewest labels that a test can do with that keeps its error rate at every look, were the difference known before. */
final class Optimum {
    private static final int STAKES = 10_000;

    private Optimum() {}

    /** On average; null where nothing can be shown. */
    static @Nullable Long labels(double difference, double disagreement, Design design) {
        double margin = design.margin();
        double win = (disagreement + difference) / 2;
        double loss = (disagreement - difference) / 2;
        double growth = 0;
        for (int i = 1; i < STAKES; i++) {
            double stake = (double) i / STAKES / (1 - margin);
            growth = Math.max(
                    growth,
                    win * Math.log1p(stake * (1 + margin))
                            + loss * Math.log1p(-stake * (1 - margin))
                            + (1 - disagreement) * Math.log1p(stake * margin));
        }
        return growth > 0 ? Math.round(Math.ceil(-Math.log(design.alpha()) / growth)) : null;
    }
}

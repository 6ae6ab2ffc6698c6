package dev.hemline.trainer.training;

import dev.hemline.insight.evaluate.Answers;

/** Looks for the temperature at which answers are least surprised by the truth. */
final class TemperatureSearch {
    /** Fewer answers, all of which may be right, would say that the network can be as sure as it likes. */
    private static final int FEWEST_ANSWERS = 50;

    private static final double LOWEST = 0.25;
    private static final double HIGHEST = 4;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** In the logarithm; a thousandth is written down, and finer differences are noise. */
    private static final double CLOSE_ENOUGH = 1e-4;

    private static final double THOUSAND = 1000;

    /** The logarithm of the smallest number above 0 that a probability can be. */
    private static final double LEAST_LOGIT = Math.log(Float.MIN_VALUE);

    /** Logarithms of the probabilities, which are logits as good as the network's own. */
    private final double[][] logits;

    /** The truth about each. */
    private final int[] labels;

    private TemperatureSearch(Answers answers) {
        this.logits = new double[answers.size()][answers.images().classNames().size()];
        this.labels = new int[answers.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = answers.label(i);
            for (int label = 0; label < logits[i].length; label++) {
                logits[i][label] = Math.max(Math.log(answers.probability(i, label)), LEAST_LOGIT);
            }
        }
    }

    /**
     * The best temperature from 0.25 to 4, to a thousandth; {@link Temperature#NONE} where there are fewer than 50 answers.
     *
     * @param answers to images that were not learnt from
     */
    static Temperature over(Answers answers) {
        return answers.size() < FEWEST_ANSWERS
                ? Temperature.NONE
                : new Temperature(Math.round(THOUSAND * new TemperatureSearch(answers).best()) / THOUSAND);
    }

    /** By golden sections, which is safe here: there is one minimum. */
    private double best() {
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        while (high - low > CLOSE_ENOUGH) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (surpriseAt(Math.exp(left)) < surpriseAt(Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** The sum of all cross-entropies, in nats. */
    private double surpriseAt(double temperature) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double powers = 0;
            for (double logit : logits[i]) {
                powers += Math.exp(logit / temperature);
            }
            sum += Math.log(powers) - logits[i][labels[i]] / temperature;
        }
        return sum;
    }
}

package dev.hemline.quality.experiment;

import dev.hemline.quality.evidence.LogSpace;

/**
 * Tests whether the candidate's accuracy is higher than the incumbent's less a margin, by betting (Waudby-Smith and Ramdas, 2024): a unit
 * of capital is spread over {@link #BETS} stakes, and each of them, with every label, is multiplied by {@code 1 + stake * (x + margin)}, where
 * x is 1 if the candidate alone was right, -1 if the incumbent alone was, else 0. As long as the difference of accuracies is the negative
 * margin or less, no factor is more than 1 on average, whatever came before; so the capital is an e-value after every label, and the chance that
 * it ever reaches {@code 1 / alpha} is alpha at most (Ville's inequality). It depends on how many of each there were, and not on their order.
 */
final class PairedTest {
    private static final int BETS = 20;

    private final double[] win = new double[BETS];
    private final double[] loss = new double[BETS];
    private final double[] tie = new double[BETS];

    /**
     * A test.
     *
     * @param margin by which the candidate may be worse; negative: by which it has to be better
     */
    PairedTest(double margin) {
        for (int bet = 0; bet < BETS; bet++) {
            // A stake of 1 / (1 - margin) would lose all with the first loss.
            double stake = (bet + 0.5) / BETS / (1 - margin);
            win[bet] = Math.log1p(stake * (1 + margin));
            loss[bet] = Math.log1p(-stake * (1 - margin));
            tie[bet] = Math.log1p(stake * margin);
        }
    }

    /** The capital's natural logarithm. */
    double logEValue(PairedCounts counts) {
        double[] logs = new double[BETS];
        for (int bet = 0; bet < BETS; bet++) {
            logs[bet] = counts.wins() * win[bet] + counts.losses() * loss[bet] + counts.ties() * tie[bet];
        }
        return LogSpace.mean(logs);
    }
}

package dev.hemline.trainer.labeller;

import dev.hemline.quality.evidence.LogSpace;

/**
 * Tests by betting whether something happens more often than at a rate (Waudby-Smith and Ramdas, 2024): a unit of capital is spread evenly
 * over {@link #BETS} higher rates, and each part is multiplied, with everything that comes, by how much likelier that is at its rate. As
 * long as it happens at the rate or more seldom, whatever came before, no factor is more than 1 on average; so the chance that the capital
 * ever reaches {@code 1 / alpha} is alpha at most (Ville's inequality), however often it is looked at.
 */
final class RateTest {
    private static final int BETS = 20;

    private final double[] hit = new double[BETS];
    private final double[] miss = new double[BETS];

    /** @param rate more than 0, less than 1 */
    RateTest(double rate) {
        for (int bet = 0; bet < BETS; bet++) {
            double higher = rate + (bet + 0.5) / BETS * (1 - rate);
            hit[bet] = Math.log(higher / rate);
            miss[bet] = Math.log((1 - higher) / (1 - rate));
        }
    }

    /** The capital's natural logarithm after it has happened so many times of so many. */
    double logEValue(int times, int of) {
        double[] logs = new double[BETS];
        for (int bet = 0; bet < BETS; bet++) {
            logs[bet] = times * hit[bet] + (of - times) * miss[bet];
        }
        return LogSpace.mean(logs);
    }
}

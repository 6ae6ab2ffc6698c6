package dev.hemline.quality.drift;

import dev.hemline.quality.evidence.LogSpace;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * E-values: how many times as likely results are if something has changed than if nothing has. Whoever bets on a change at
 * these odds, and stops whenever they like, does not gain on average while nothing changes. Natural logarithms throughout.
 *
 * <p>What is not known enters both sides as a prior: how large a change is, where nobody can say before, by averaging over
 * some sizes; how far the reference is from the truth, as if that were a change too, of the size that so many results allow.
 */
final class EValues {
    /**
     * How sure the alternative is of "no change", in results: the means of a group whose results are that many move by about a standard
     * deviation over its root, from 0.45 to 0.08 deviations here.
     */
    private static final double[] SIZES = {5, 15, 50, 150};

    private EValues() {}

    /**
     * That a mean has moved away from zero: normal results of unit covariance, with normal priors of the mean.
     *
     * @param count of results
     * @param squaredLength of their sum, whitened
     * @param dimensions of them
     * @param reference how many results stand behind the zero
     */
    static double meanMoved(double count, double squaredLength, int dimensions, double reference) {
        double[] moved = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            moved[i] = normal(count, squaredLength, dimensions, Math.min(SIZES[i], reference));
        }
        return LogSpace.mean(moved) - normal(count, squaredLength, dimensions, reference);
    }

    /** The density of results whose mean is normal with variance {@code 1 / prior}, relative to a mean of zero. */
    private static double normal(double count, double squaredLength, int dimensions, double prior) {
        return 0.5 * dimensions * Math.log(prior / (prior + count)) + squaredLength / (2 * (prior + count));
    }

    /**
     * That the mean is zero and not as in an alarm.
     *
     * @param count of results
     * @param squaredLength of their sum, whitened
     * @param squaredFromAlarm of the sum of how far each is from the alarm's mean, likewise
     * @param reference how many results stand behind the zero
     * @param alarm how many stand behind the alarm's mean
     */
    static double meanIsZero(
            double count,
            double squaredLength,
            double squaredFromAlarm,
            int dimensions,
            double reference,
            double alarm) {
        return normal(count, squaredLength, dimensions, reference)
                - normal(count, squaredFromAlarm, dimensions, alarm)
                // Both densities are relative to one about their own mean.
                - (squaredLength - squaredFromAlarm) / (2 * count);
    }

    /** That the shares of categories are as in the first counts, and not as in the second ones. */
    static double sharesAre(int[] counts, double[] first, double[] second) {
        return dirichletMultinomial(counts, first, 1) - dirichletMultinomial(counts, second, 1);
    }

    /**
     * That the shares of categories have moved: multinomial results, with Dirichlet priors of the shares.
     *
     * @param counts of results by category
     * @param reference counts of results by category behind the shares, none zero
     */
    static double sharesMoved(int[] counts, double[] reference) {
        double all = 0;
        for (double count : reference) {
            all += count;
        }
        double[] moved = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            moved[i] = dirichletMultinomial(counts, reference, Math.min(1, SIZES[i] / all));
        }
        return LogSpace.mean(moved) - dirichletMultinomial(counts, reference, 1);
    }

    private static double dirichletMultinomial(int[] counts, double[] prior, double scale) {
        double log = 0;
        double results = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double parameter = prior[i] * scale;
            sum += parameter;
            results += counts[i];
            if (counts[i] > 0) {
                log += LogGamma.value(parameter + counts[i]) - LogGamma.value(parameter);
            }
        }
        return log + LogGamma.value(sum) - LogGamma.value(sum + results);
    }
}

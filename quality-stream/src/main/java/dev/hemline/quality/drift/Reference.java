package dev.hemline.quality.drift;

import dev.hemline.event.ModelReference;
import dev.hemline.event.ReferenceCell;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.batch.Sums;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a version's results are like while nothing has changed: by predicted group how frequent they are and what their mean
 * log-probabilities are, and how these scatter. Immutable.
 */
public final class Reference {
    /** Of a group with fewer results, as trusted, nobody knows what its mean is. */
    private static final int FEWEST_RESULTS = 5;
    /**
     * Results of a reference count for half: no traffic is drawn from the very images of a validation, and how live results scatter is
     * itself known only about.
     */
    private static final double TRUST = 0.5;
    /** What a mix explains is known to about a third, squared: it rests on the few images that were taken for another class's. */
    private static final double MIX_UNCERTAINTY = 0.1;
    /** Tails are heavier than a normal distribution's: by so much covariances are taken to be larger than measured. */
    private static final double INFLATION = 1.15;
    /** The same of live results, since a covariance of eighty blocks is known only about. */
    private static final double LIVE_INFLATION = 1.3;

    private final double[] results;
    private final double[][] means;
    private final Covariance covariance;
    private final @Nullable ClassMix classes;
    private final double[][] expected;

    private Reference(
            double[] results,
            double[][] means,
            double[][] covariance,
            double inflation,
            @Nullable ClassMix classes,
            double[][] expected) {
        this.results = results;
        this.means = means;
        this.covariance = new Covariance(covariance, Arrays.stream(results).sum() / TRUST, inflation);
        this.classes = classes;
        this.expected = expected;
    }

    /**
     * What a manifest tells.
     *
     * @param classes how many the version knows
     * @throws IllegalArgumentException if it contradicts itself
     */
    public static Reference of(ModelReference reference, int classes) {
        int groups = LogProbabilities.groups(classes);
        if (reference.getCovariance().size() != groups * groups) {
            throw new IllegalArgumentException(
                    "A covariance of " + reference.getCovariance().size() + " numbers for " + groups + " groups");
        }
        int[][] images = new int[groups][groups];
        double[][][] logs = new double[groups][groups][groups];
        Sums all = Sums.none(groups);
        for (ReferenceCell cell : reference.getCells()) {
            if (outside(cell.getActual(), groups)
                    || outside(cell.getPredicted(), groups)
                    || cell.getImages() < 1
                    || cell.getLogProbabilities().size() != groups) {
                throw new IllegalArgumentException("A cell that is none of " + groups + " groups");
            }
            images[cell.getPredicted()][cell.getActual()] = cell.getImages();
            double[] sum = logs[cell.getPredicted()][cell.getActual()];
            for (int group = 0; group < groups; group++) {
                sum[group] =
                        (double) cell.getImages() * cell.getLogProbabilities().get(group);
            }
            all.add(cell.getPredicted(), cell.getImages(), sum);
        }
        var mix = new ClassMix(images, logs);
        return new Reference(
                trusted(all.results()),
                all.means(),
                square(reference.getCovariance(), groups),
                INFLATION,
                mix,
                mix.expected(mix.of(all.results())));
    }

    private static double[] trusted(int[] results) {
        return Arrays.stream(results).mapToDouble(count -> TRUST * count).toArray();
    }

    private static boolean outside(int group, int groups) {
        return group < 0 || group >= groups;
    }

    private static double[][] square(List<Float> rows, int groups) {
        double[][] square = new double[groups][groups];
        for (int i = 0; i < rows.size(); i++) {
            square[i / groups][i % groups] = rows.get(i);
        }
        return square;
    }

    /**
     * What a version's first results were like.
     *
     * @param covariance of their log-probabilities about the mean of their predicted group
     * @param validation what tells how predictions depend on true classes, where somebody measured that
     */
    static Reference live(Sums first, double[][] covariance, Optional<Reference> validation) {
        double[][] means = first.means();
        ClassMix mix = validation.map(reference -> reference.classes).orElse(null);
        return new Reference(
                trusted(first.results()),
                means,
                covariance,
                LIVE_INFLATION,
                mix,
                mix == null ? means : mix.expected(mix.of(first.results())));
    }

    public int groups() {
        return results.length;
    }

    /** What is left of these results' log-probabilities when what was to be expected of their predicted groups is taken away. */
    double[] deviation(Sums sums) {
        return sums.deviation(means, group -> results[group] >= FEWEST_RESULTS);
    }

    /**
     * That the pictures have changed, whatever the classes are: an e-value's logarithm.
     *
     * @param counts of results by predicted group
     * @param deviation of the same results
     */
    double picturesChanged(int[] counts, double[] deviation) {
        double bound = picturesChangedAtMost(counts, deviation);
        if (classes == null) {
            return bound;
        }
        double[] rest = explainedByMix(counts, deviation, classes);
        double[] explained = new double[rest.length];
        for (int i = 0; i < rest.length; i++) {
            explained[i] = deviation[i] - rest[i];
        }
        return Math.min(
                bound,
                meanMoved(
                        counts,
                        rest,
                        covariance.squaredLength(
                                explained, Arrays.stream(counts).sum())));
    }

    /** The same as if the mix were as before, which is cheap to tell: no less than what it is. */
    double picturesChangedAtMost(int[] counts, double[] deviation) {
        return meanMoved(counts, deviation, 0);
    }

    /** @param explained squared length of what was taken away for the mix */
    private double meanMoved(int[] counts, double[] deviation, double explained) {
        double all = 0;
        double uncertainty = 0;
        for (int group = 0; group < counts.length; group++) {
            if (results[group] >= FEWEST_RESULTS) {
                all += counts[group];
                uncertainty += counts[group] / results[group] * counts[group];
            }
        }
        if (all == 0) {
            return 0;
        }
        double variance = (uncertainty + MIX_UNCERTAINTY * explained / deviation.length) / (all * all);
        return EValues.meanMoved(all, covariance.squaredLength(deviation, all), deviation.length, 1 / variance);
    }

    private double[] explainedByMix(int[] counts, double[] deviation, ClassMix mix) {
        double[][] now = mix.expected(mix.of(counts));
        double[] rest = deviation.clone();
        for (int predicted = 0; predicted < counts.length; predicted++) {
            if (results[predicted] >= FEWEST_RESULTS) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= counts[predicted] * (now[predicted][i] - expected[predicted][i]);
                }
            }
        }
        return rest;
    }

    /**
     * That results are as the reference has them, and not as those of an alarm: the logarithm of how many times as likely.
     *
     * @param alarm the results that the alarm was given for
     */
    double picturesAreBack(Window now, Window alarm) {
        double[] rest = classes == null ? now.deviation() : explainedByMix(now.counts(), now.deviation(), classes);
        double[] alarmed =
                classes == null ? alarm.deviation() : explainedByMix(alarm.counts(), alarm.deviation(), classes);
        double[] fromAlarm = new double[rest.length];
        for (int i = 0; i < rest.length; i++) {
            fromAlarm[i] = rest[i] - alarmed[i] * now.count() / alarm.count();
        }
        return EValues.meanIsZero(
                now.count(),
                covariance.squaredLength(rest, now.count()),
                covariance.squaredLength(fromAlarm, now.count()),
                rest.length,
                Arrays.stream(results).sum(),
                alarm.count());
    }

    /** The same of a change of the mix. */
    double mixIsBack(Window now, Window alarm) {
        return EValues.sharesAre(
                now.counts(),
                priorCounts(),
                Arrays.stream(alarm.counts()).mapToDouble(count -> count + 0.5).toArray());
    }

    private double[] priorCounts() {
        return Arrays.stream(results).map(count -> count + 0.5).toArray();
    }

    /** That classes are predicted more or less often than before: an e-value's logarithm. */
    double mixChanged(int[] counts) {
        return EValues.sharesMoved(counts, priorCounts());
    }

    /**
     * How far the mean log-probabilities have moved, in standard deviations of one result (Mahalanobis distance), less what chance
     * alone would do; 0 for not at all.
     */
    double strength(int[] counts, double[] deviation) {
        double all = Arrays.stream(counts).sum();
        double[] rest = classes == null ? deviation : explainedByMix(counts, deviation, classes);
        double squared = covariance.squaredLength(rest, all) / (all * all) - rest.length / all;
        return Math.sqrt(Math.max(0, squared));
    }

    /** Total variation distance of the shares of predicted groups, less what chance alone would do about. */
    double mixStrength(int[] counts) {
        double all = Arrays.stream(counts).sum();
        double[] before = shares();
        double distance = 0;
        double chance = 0;
        for (int group = 0; group < counts.length; group++) {
            distance += Math.abs(counts[group] / all - before[group]) / 2;
            chance += Math.sqrt(before[group] * (1 - before[group]) / all / (2 * Math.PI));
        }
        return Math.max(0, distance - chance);
    }

    /** By group, how far its mean log-probability has moved, in standard deviations of one result. */
    double[] moved(int[] counts, double[] deviation) {
        double all = Math.max(1, Arrays.stream(counts).sum());
        double[] moved = new double[deviation.length];
        for (int group = 0; group < moved.length; group++) {
            moved[group] = deviation[group] / all / covariance.deviation(group);
        }
        return moved;
    }

    /** By group, the share of results that are predicted to be of it. */
    double[] shares() {
        double all = Arrays.stream(results).sum();
        return Arrays.stream(results).map(count -> count / all).toArray();
    }
}

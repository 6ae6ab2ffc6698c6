package dev.hemline.quality.request;

import dev.hemline.model.evaluation.WilsonInterval;
import java.util.Optional;

/**
 * How often a version was right, from labels alone that were asked for by lot: those that come by themselves may be of the easy
 * pictures. Each label counts for as many events as it was drawn from, so that busy minutes and quiet ones count as they should;
 * the interval is Wilson's for as many labels as would tell as much with equal weights (Kish).
 *
 * @param labels that were asked for by lot and came
 * @param accuracy 0 to 1
 * @param low95 where it lies at least with 95 % confidence
 * @param high95 where it lies at most
 */
public record AccuracyFromRequests(long labels, double accuracy, double low95, double high95) {
    /** Empty before the first label. */
    public static Optional<AccuracyFromRequests> of(RequestTally tally) {
        if (tally.labels() == 0) {
            return Optional.empty();
        }
        double accuracy = Math.min(1, tally.correct() / tally.weight());
        long effective = Math.max(1, (long) (tally.weight() * tally.weight() / tally.squares() + 1e-6));
        WilsonInterval interval = WilsonInterval.of(accuracy, effective);
        return Optional.of(new AccuracyFromRequests(tally.labels(), accuracy, interval.low(), interval.high()));
    }
}

package dev.hemline.quality.experiment;

/**
 * What an experiment has to show.
 *
 * @param alpha the chance at most, 0 to 1, that a candidate is promoted which is not what it has to be; and that one which is, is refused
 * @param margin by which its accuracy may be lower than the incumbent's, 0 to 1; with 0 it has to be higher
 * @param segmentMargin by which it may be lower in a class or for a busy source, likewise
 * @param fewestLabels before it is promoted
 * @param mostLabels after which a trial ends without a promotion, and a probation well
 * @param segments that are looked at, the first that come
 */
public record Design(
        double alpha, double margin, double segmentMargin, int fewestLabels, int mostLabels, int segments) {
    /** @throws IllegalArgumentException naming what cannot be */
    public Design {
        require(alpha > 0 && alpha < 1, "alpha is more than 0 and less than 1, not " + alpha);
        require(margin >= 0 && margin < 1, "The margin is 0 to less than 1, not " + margin);
        require(
                segmentMargin >= margin && segmentMargin < 1,
                "A segment's margin is " + margin + " to less than 1, not " + segmentMargin);
        require(fewestLabels >= 1, "There is at least 1 label before a promotion, not " + fewestLabels);
        require(
                mostLabels >= fewestLabels,
                "There are at least " + fewestLabels + " labels to the end, not " + mostLabels);
        require(segments >= 1, "There is at least 1 segment, not " + segments);
    }

    /** The same, but over after so many labels. */
    public Design endingAfter(int labels) {
        return new Design(alpha, margin, segmentMargin, Math.min(fewestLabels, labels), labels, segments);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

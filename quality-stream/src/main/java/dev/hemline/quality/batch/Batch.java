package dev.hemline.quality.batch;

/**
 * Some consecutive results of one version and source.
 *
 * @param firstId the event id of the first
 * @param firstAt when it was classified, in milliseconds
 */
public record Batch(String firstId, long firstAt, Sums sums) {
    /** So many are told at once; fewer when a second has passed, more where they come faster than a tenth of a second. */
    public static final int RESULTS = 25;
}

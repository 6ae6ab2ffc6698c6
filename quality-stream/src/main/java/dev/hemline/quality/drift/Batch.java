package dev.hemline.quality.drift;

/**
 * Some consecutive results of one version and source.
 *
 * @param firstId the event id of the first
 * @param firstAt when it was classified, in milliseconds
 */
public record Batch(String firstId, long firstAt, Sums sums) {}

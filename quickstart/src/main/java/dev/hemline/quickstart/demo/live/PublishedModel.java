package dev.hemline.quickstart.demo.live;

import java.time.Instant;

/**
 * A version that was published on topic {@code models}.
 *
 * @param validationAccuracy what its maker measured, 0 to 1
 */
public record PublishedModel(int version, double validationAccuracy, Instant publishedAt) {}

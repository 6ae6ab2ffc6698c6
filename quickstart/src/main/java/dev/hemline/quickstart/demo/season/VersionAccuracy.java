package dev.hemline.quickstart.demo.season;

import java.util.Map;

/**
 * How often a version is right about the dataset's test images.
 *
 * @param clean as they are
 * @param changed in each way in which pictures changed, as {@code --season} names it
 */
public record VersionAccuracy(int version, double clean, Map<String, Double> changed) {}

package dev.hemline.quality.request;

/**
 * A version's accuracy by labels alone that were asked for by lot.
 *
 * @param labels that came
 * @param accuracy 0 to 1
 * @param low95 where it lies at least with 95 % confidence
 * @param high95 where it lies at most
 */
public record RequestedAccuracy(String model, int version, long labels, double accuracy, double low95, double high95) {}

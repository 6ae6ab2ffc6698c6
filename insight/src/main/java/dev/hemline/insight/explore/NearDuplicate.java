package dev.hemline.insight.explore;

/**
 * An image to test with that is nearly one to train with.
 *
 * @param test its place among the images to test with
 * @param train the place of the one most like it among the images to train with
 * @param distance root of the mean squared difference of their pixels, in grey levels of 0 to 255
 */
record NearDuplicate(int test, int train, double distance) {}

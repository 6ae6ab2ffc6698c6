package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;

/** How often each grey level comes. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record PixelHistogram(long[] counts) {
    private static final int LEVELS = 256;

    static PixelHistogram of(LabelledImages images) {
        long[] counts = new long[LEVELS];
        byte[] image = new byte[images.width() * images.height()];
        for (int i = 0; i < images.size(); i++) {
            images.copyImage(i, image, 0);
            for (byte pixel : image) {
                counts[pixel & 0xff]++;
            }
        }
        return new PixelHistogram(counts);
    }

    /** How many pixels lie from one level to another, both included. */
    long between(int low, int high) {
        long sum = 0;
        for (int level = low; level <= high; level++) {
            sum += counts[level];
        }
        return sum;
    }

    long total() {
        return between(0, LEVELS - 1);
    }

    /** Mean of all pixels scaled to 0..1. */
    double mean() {
        double sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += counts[level] * (level / 255.0);
        }
        return sum / total();
    }

    /** Standard deviation of all pixels scaled to 0..1. */
    double deviation() {
        double mean = mean();
        double sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            double distance = level / 255.0 - mean;
            sum += counts[level] * distance * distance;
        }
        return Math.sqrt(sum / total());
    }
}

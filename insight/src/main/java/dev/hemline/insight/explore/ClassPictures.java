package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;

/**
 * What the images of a class have in common, pixel by pixel.
 *
 * @param mean width × height means of 0 to 255
 * @param deviation width × height standard deviations, 0 to 127.5
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record ClassPictures(double[] mean, double[] deviation) {
    static ClassPictures of(LabelledImages images, int label) {
        int pixels = images.width() * images.height();
        long[] sum = new long[pixels];
        long[] squares = new long[pixels];
        byte[] image = new byte[pixels];
        int count = 0;
        for (int i = 0; i < images.size(); i++) {
            if (images.label(i) == label) {
                images.copyImage(i, image, 0);
                count++;
                for (int p = 0; p < pixels; p++) {
                    int value = image[p] & 0xff;
                    sum[p] += value;
                    squares[p] += (long) value * value;
                }
            }
        }
        double[] mean = new double[pixels];
        double[] deviation = new double[pixels];
        double n = Math.max(1, count);
        for (int p = 0; p < pixels; p++) {
            mean[p] = sum[p] / n;
            deviation[p] = Math.sqrt(Math.max(0, squares[p] / n - mean[p] * mean[p]));
        }
        return new ClassPictures(mean, deviation);
    }
}

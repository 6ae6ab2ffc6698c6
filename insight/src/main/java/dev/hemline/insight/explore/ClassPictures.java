package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;

/** What the images of a class have in common, pixel by pixel. */
final class ClassPictures {
    private final double[] mean;
    private final double[] deviation;

    private ClassPictures(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

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

    /** Width × height means of 0 to 255. */
    double[] mean() {
        return mean.clone();
    }

    /** Width × height standard deviations, 0 to 127.5. */
    double[] deviation() {
        return deviation.clone();
    }
}

package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What images of one size look like on the whole, in numbers of which each is a mean over them: how bright every place is, how much that varies
 * from image to image, and how rough images are. How these means scatter is known too, so that two sets can be
 * told apart however different their numbers are in kind.
 */
final class ImageMoments {
    private static final int ROUGHNESS = 3;

    /**
     * What is nearly the same is taken to be: two or three grey levels. Else a background that is never quite as bright would count for more than
     * everything else.
     */
    private static final double UNSEEN = 0.01 * 0.01;

    private final int count;
    private final double[] mean;
    private final double[] variance;

    private ImageMoments(int count, double[] sum, double[] squares) {
        this.count = count;
        mean = new double[sum.length];
        variance = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = sum[i] / count;
            variance[i] = Math.max(0, squares[i] / count - mean[i] * mean[i]);
        }
    }

    /**
     * Of images at some places, changed.
     *
     * @param places at least 2
     */
    static ImageMoments of(LabelledImages images, int[] places, Corruption change, RandomGenerator random) {
        int width = images.width();
        int height = images.height();
        double[] sum = new double[2 * width * height + ROUGHNESS];
        double[] squares = new double[sum.length];
        double[] one = new double[sum.length];
        for (int place : places) {
            measure(change.apply(images.image(place), width, height, random), width, height, one);
            for (int i = 0; i < one.length; i++) {
                sum[i] += one[i];
                squares[i] += one[i] * one[i];
            }
        }
        return new ImageMoments(places.length, sum, squares);
    }

    private static void measure(byte[] pixels, int width, int height, double[] one) {
        Arrays.fill(one, 0);
        int size = width * height;
        for (int i = 0; i < size; i++) {
            double grey = grey(pixels[i]);
            one[i] = grey;
            one[size + i] = grey * grey;
        }
        int rough = 2 * size;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                double across = grey(pixels[i + 1]) - grey(pixels[i - 1]);
                double down = grey(pixels[i + width]) - grey(pixels[i - width]);
                double bend = 4 * grey(pixels[i])
                        - grey(pixels[i + 1])
                        - grey(pixels[i - 1])
                        - grey(pixels[i + width])
                        - grey(pixels[i - width]);
                one[rough] += Math.abs(across) / size;
                one[rough + 1] += Math.abs(down) / size;
                one[rough + 2] += Math.abs(bend) / size;
            }
        }
    }

    private static double grey(byte pixel) {
        return (pixel & 0xff) / 255.0;
    }

    /**
     * How far apart two sets are: the squared differences of their means in standard errors, of each kind of number alike. At most about 1 where
     * both are drawn from the same.
     */
    double distance(ImageMoments other) {
        int places = (mean.length - ROUGHNESS) / 2;
        return (part(other, 0, places) + part(other, places, 2 * places) + part(other, 2 * places, mean.length)) / 3;
    }

    private double part(ImageMoments other, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double apart = mean[i] - other.mean[i];
            sum += apart * apart / (variance[i] / count + other.variance[i] / other.count + UNSEEN);
        }
        return sum / (to - from);
    }
}

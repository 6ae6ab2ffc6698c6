package dev.hemline.fashionmnist;

import java.util.random.RandomGenerator;

/**
 * What cameras, light and software do to pictures: makes of one another of the same size that shows the same thing. Holds no
 * state, so any number of threads may use one.
 */
@FunctionalInterface
public interface Corruption {
    /**
     * A changed copy, or the picture itself where there is nothing to change.
     *
     * @param pixels height × width unsigned bytes, row after row, 0 for background; left as they are
     * @param random draws what is left to chance
     */
    byte[] apply(byte[] pixels, int width, int height, RandomGenerator random);

    /** Changes nothing. */
    static Corruption none() {
        return (pixels, width, height, random) -> pixels;
    }

    /** Befalls a share of the pictures, 0 to 1, drawn at random; the others stay as they are. */
    default Corruption befalling(double share) {
        return (pixels, width, height, random) ->
                random.nextDouble() < share ? apply(pixels, width, height, random) : pixels;
    }

    /** @param levels added to each pixel, up to white */
    static Corruption brighter(double levels) {
        return (pixels, width, height, random) -> GreyPixels.each(pixels, grey -> grey + levels);
    }

    /** @param left the share of each pixel's brightness that is left, 0 to 1 */
    static Corruption darker(double left) {
        return (pixels, width, height, random) -> GreyPixels.each(pixels, grey -> grey * left);
    }

    /** @param sigma of Gaussian noise, in grey levels; cut off at black and white */
    static Corruption noise(double sigma) {
        return (pixels, width, height, random) -> GreyPixels.each(pixels, grey -> grey + sigma * random.nextGaussian());
    }

    /**
     * Beyond its edges a picture is taken to go on as it is at the edge.
     *
     * @param sigma of a Gaussian blur, in pixels, above 0
     */
    static Corruption blur(double sigma) {
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).blurred(sigma);
    }

    /** @param degrees to turn clockwise about the centre; what comes in from outside is background */
    static Corruption rotate(double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).moved(cos, sin, 0, 0);
    }

    /** Moves by pixels, or parts of them, which blur; what comes in from outside is background. */
    static Corruption shift(double right, double down) {
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).moved(1, 0, right, down);
    }

    /** @param times as large as before, about the centre; below 1 there is background around it */
    static Corruption zoom(double times) {
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).moved(1 / times, 0, 0, 0);
    }

    /** White becomes black. */
    static Corruption invert() {
        return (pixels, width, height, random) -> GreyPixels.each(pixels, grey -> 255 - grey);
    }

    /** The top row becomes the bottom row; left stays left. */
    static Corruption flip() {
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).upsideDown();
    }

    /** @param quality at which the picture is once saved as a JPEG, 1 to 100, as libjpeg counts it */
    static Corruption jpeg(double quality) {
        return (pixels, width, height, random) -> new GreyPixels(pixels, width, height).throughJpeg(quality);
    }
}

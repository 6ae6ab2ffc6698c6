package dev.hemline.image;

/** Grey to colour and back, for one pixel. */
final class Channels {
    private Channels() {}

    /**
     * One channel of a pixel as the model wants it.
     *
     * @param samples pixel after pixel
     * @param pixel its index
     * @param have channels per pixel in {@code samples}: 1 or 3
     * @param want channels the model takes: 1 or 3
     */
    static float sample(float[] samples, int pixel, int have, int want, int channel) {
        int at = pixel * have;
        if (have == 1) {
            return samples[at];
        }
        return want == 1 ? luma(samples[at], samples[at + 1], samples[at + 2]) : samples[at + channel];
    }

    /** By ITU-R BT.601, the weights that most tools use for grey. */
    private static float luma(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
}

package dev.hemline.image;

import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;

/** A decoded picture and how it has to be turned. */
record Picture(PixelRows rows, Orientation orientation) {
    /** Appends channels × height × width bytes; turning the few pixels that are left costs nothing. */
    void scale(ModelInput input, ByteBuffer target) {
        int channels = input.getChannels();
        int height = input.getHeight();
        int width = input.getWidth();
        int storedRows = orientation.swapsAxes() ? width : height;
        int storedColumns = orientation.swapsAxes() ? height : width;
        double[] means = AreaScaling.scale(rows, storedRows, storedColumns);
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int pixel = orientation.stored(y, x, storedRows, storedColumns);
                    float sample = sample(means, pixel, channel, channels);
                    target.put((byte) Math.round(sample));
                }
            }
        }
    }

    /** One channel of a pixel as the model wants it, which takes one or three. */
    private float sample(double[] samples, int pixel, int channel, int channels) {
        int at = pixel * rows.channels();
        if (rows.channels() == 1) {
            return (float) samples[at];
        }
        return channels == 1
                ? luma((float) samples[at], (float) samples[at + 1], (float) samples[at + 2])
                : (float) samples[at + channel];
    }

    /** By ITU-R BT.601, the weights that most tools use for grey. */
    private static float luma(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
}

package dev.hemline.image;

import java.nio.ByteBuffer;

/** A decoded picture and how it has to be turned. */
record Picture(PixelRows rows, Orientation orientation) {
    static Picture upright(PixelRows rows) {
        return new Picture(rows, Orientation.UPRIGHT);
    }

    /** Appends channels × height × width bytes; turning the few pixels that are left costs nothing. */
    void scale(int channels, int height, int width, ByteBuffer target) {
        int storedRows = orientation.swapsAxes() ? width : height;
        int storedColumns = orientation.swapsAxes() ? height : width;
        float[] means = AreaScaling.scale(rows, storedRows, storedColumns);
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int pixel = orientation.stored(y, x, storedRows, storedColumns);
                    float sample = Channels.sample(means, pixel, rows.channels(), channels, channel);
                    target.put((byte) Math.round(sample));
                }
            }
        }
    }
}

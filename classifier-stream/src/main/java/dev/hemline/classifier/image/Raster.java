package dev.hemline.classifier.image;

import java.nio.ByteBuffer;

/**
 * A decoded picture.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param samples channels × height × width unsigned bytes, channel after channel; from position 0, not copied
 */
record Raster(int channels, int height, int width, ByteBuffer samples) {
    int sample(int channel, int y, int x) {
        return samples.get((channel * height + y) * width + x) & 0xFF;
    }
}

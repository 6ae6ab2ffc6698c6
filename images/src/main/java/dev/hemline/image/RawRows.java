package dev.hemline.image;

import java.nio.ByteBuffer;

/** Bare samples as they were sent. */
record RawRows(int channels, int height, int width, ByteBuffer bytes) implements PixelRows {
    @Override
    public void read(int y, int[] samples) {
        int count = width * channels;
        for (int i = 0, from = y * count; i < count; i++) {
            samples[i] = bytes.get(from + i) & 0xFF;
        }
    }
}

package dev.hemline.image;

import java.awt.image.Raster;

/**
 * Rows of grey or colour samples, maybe with alpha as the last sample of a pixel.
 *
 * @param bits per sample, 8 or 16
 */
record ComponentRows(Raster raster, int channels, boolean alpha, int bits) implements PixelRows {
    private static final int MAX_16_BIT = 65_535;

    @Override
    public int height() {
        return raster.getHeight();
    }

    @Override
    public int width() {
        return raster.getWidth();
    }

    @Override
    public void read(int y, int[] samples) {
        int width = width();
        if (!alpha) {
            pixels(y, samples);
            toEightBits(samples, width * channels);
            return;
        }
        int[] withAlpha = pixels(y, new int[width * (channels + 1)]);
        toEightBits(withAlpha, withAlpha.length);
        for (int x = 0; x < width; x++) {
            int from = x * (channels + 1);
            for (int channel = 0; channel < channels; channel++) {
                samples[x * channels + channel] =
                        AlphaCompositing.under(withAlpha[from + channel], withAlpha[from + channels]);
            }
        }
    }

    private int[] pixels(int y, int[] samples) {
        return raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
    }

    private void toEightBits(int[] samples, int count) {
        if (bits == 16) {
            for (int i = 0; i < count; i++) {
                samples[i] = (samples[i] * 255 + MAX_16_BIT / 2) / MAX_16_BIT;
            }
        }
    }
}

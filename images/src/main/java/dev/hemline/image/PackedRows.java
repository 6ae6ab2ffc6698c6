package dev.hemline.image;

import java.awt.image.BufferedImage;

/** Rows of any other kind of Java image, a pixel in one number; slower. */
record PackedRows(BufferedImage image) implements PixelRows {
    @Override
    public int channels() {
        return 3;
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public void read(int y, int[] samples) {
        int width = width();
        image.getRGB(0, y, width, 1, samples, 0, width);
        // From the end, because three samples take the place of one pixel.
        for (int x = width - 1; x >= 0; x--) {
            int pixel = samples[x];
            int alpha = pixel >>> 24;
            samples[3 * x] = AlphaCompositing.under(pixel >> 16 & 0xFF, alpha);
            samples[3 * x + 1] = AlphaCompositing.under(pixel >> 8 & 0xFF, alpha);
            samples[3 * x + 2] = AlphaCompositing.under(pixel & 0xFF, alpha);
        }
    }
}

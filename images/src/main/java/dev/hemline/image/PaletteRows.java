package dev.hemline.image;

import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Rows of indexes into a table of colours. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record PaletteRows(Raster raster, int[] table) implements PixelRows {
    /** A palette's colours as {@code 0xRRGGBB}; indexes beyond its end, as damaged files have, are white. */
    static int[] onWhite(IndexColorModel palette) {
        int[] table = new int[1 << palette.getPixelSize()];
        Arrays.fill(table, 0xFFFFFF);
        for (int i = 0; i < Math.min(table.length, palette.getMapSize()); i++) {
            int alpha = palette.getAlpha(i);
            table[i] = AlphaCompositing.under(palette.getRed(i), alpha) << 16
                    | AlphaCompositing.under(palette.getGreen(i), alpha) << 8
                    | AlphaCompositing.under(palette.getBlue(i), alpha);
        }
        return table;
    }

    @Override
    public int channels() {
        return 3;
    }

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
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
        // From the end, because three samples take the place of one index.
        for (int x = width - 1; x >= 0; x--) {
            int colour = table[samples[x]];
            samples[3 * x] = colour >> 16;
            samples[3 * x + 1] = colour >> 8 & 0xFF;
            samples[3 * x + 2] = colour & 0xFF;
        }
    }
}

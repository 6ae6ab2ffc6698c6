package dev.hemline.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** The rows of a Java image: samples as stored, colour profiles left aside as PIL and torchvision do. */
final class ImageRows {
    private static final int MAX_16_BIT = 65_535;

    private ImageRows() {}

    static PixelRows of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return new OfPalette(image.getRaster(), onWhite(palette));
        }
        if (colours instanceof ComponentColorModel && hasWholeSamples(colours)) {
            return new OfComponents(
                    image.getRaster(),
                    colours.getNumColorComponents(),
                    colours.hasAlpha(),
                    colours.getComponentSize(0));
        }
        return new Packed(image);
    }

    /** Rows of a raster's samples. */
    interface OfRaster extends PixelRows {
        Raster raster();

        @Override
        default int height() {
            return raster().getHeight();
        }

        @Override
        default int width() {
            return raster().getWidth();
        }

        /** Reads one row as stored. */
        default int[] stored(int y, int[] samples) {
            return raster().getPixels(raster().getMinX(), raster().getMinY() + y, width(), 1, samples);
        }
    }

    /**
     * Grey or colour samples, maybe with alpha as the last sample of a pixel.
     *
     * @param bits per sample, 8 or 16
     */
    private record OfComponents(Raster raster, int channels, boolean alpha, int bits) implements OfRaster {
        @Override
        public void read(int y, int[] samples) {
            if (!alpha) {
                stored(y, samples);
                toEightBits(samples, width() * channels);
                return;
            }
            int[] withAlpha = stored(y, new int[width() * (channels + 1)]);
            toEightBits(withAlpha, withAlpha.length);
            for (int x = 0; x < width(); x++) {
                int from = x * (channels + 1);
                for (int channel = 0; channel < channels; channel++) {
                    samples[x * channels + channel] = onWhite(withAlpha[from + channel], withAlpha[from + channels]);
                }
            }
        }

        private void toEightBits(int[] samples, int count) {
            if (bits == 16) {
                for (int i = 0; i < count; i++) {
                    samples[i] = (samples[i] * 255 + MAX_16_BIT / 2) / MAX_16_BIT;
                }
            }
        }
    }

    /** Indexes into a table of colours. */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    private record OfPalette(Raster raster, int[] table) implements OfRaster {
        @Override
        public int channels() {
            return 3;
        }

        @Override
        public void read(int y, int[] samples) {
            stored(y, samples);
            // From the end, because three samples take the place of one index.
            for (int x = width() - 1; x >= 0; x--) {
                int colour = table[samples[x]];
                samples[3 * x] = colour >> 16;
                samples[3 * x + 1] = colour >> 8 & 0xFF;
                samples[3 * x + 2] = colour & 0xFF;
            }
        }
    }

    /** Any other kind of Java image, a pixel in one number; slower. */
    private record Packed(BufferedImage image) implements PixelRows {
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
            image.getRGB(0, y, width(), 1, samples, 0, width());
            // From the end, because three samples take the place of one pixel.
            for (int x = width() - 1; x >= 0; x--) {
                int pixel = samples[x];
                int alpha = pixel >>> 24;
                samples[3 * x] = onWhite(pixel >> 16 & 0xFF, alpha);
                samples[3 * x + 1] = onWhite(pixel >> 8 & 0xFF, alpha);
                samples[3 * x + 2] = onWhite(pixel & 0xFF, alpha);
            }
        }
    }

    /** A sample of 0 to 255 as it looks when its alpha, 0 (clear) to 255, lets white shine through: the page it lies on. */
    static int onWhite(int sample, int alpha) {
        return alpha == 255 ? sample : (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /** A palette's colours as {@code 0xRRGGBB}; indexes beyond its end, as damaged files have, are white. */
    private static int[] onWhite(IndexColorModel palette) {
        int[] table = new int[1 << palette.getPixelSize()];
        Arrays.fill(table, 0xFFFFFF);
        for (int i = 0; i < Math.min(table.length, palette.getMapSize()); i++) {
            int alpha = palette.getAlpha(i);
            table[i] = onWhite(palette.getRed(i), alpha) << 16
                    | onWhite(palette.getGreen(i), alpha) << 8
                    | onWhite(palette.getBlue(i), alpha);
        }
        return table;
    }

    private static boolean hasWholeSamples(ColorModel colours) {
        int bits = colours.getComponentSize(0);
        int channels = colours.getNumColorComponents();
        return (bits == 8 || bits == 16)
                && (channels == 1 || channels == 3)
                && !colours.isAlphaPremultiplied()
                && Arrays.stream(colours.getComponentSize()).allMatch(size -> size == bits);
    }
}

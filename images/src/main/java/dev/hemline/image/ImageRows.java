package dev.hemline.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** The rows of a Java image: samples as stored, colour profiles left aside as PIL and torchvision do. */
final class ImageRows {
    private ImageRows() {}

    static PixelRows of(BufferedImage image) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return new PaletteRows(image.getRaster(), PaletteRows.onWhite(palette));
        }
        if (colours instanceof ComponentColorModel && hasWholeSamples(colours)) {
            return new ComponentRows(
                    image.getRaster(),
                    colours.getNumColorComponents(),
                    colours.hasAlpha(),
                    colours.getComponentSize(0));
        }
        return new PackedRows(image);
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

package dev.hemline.image;

import dev.hemline.image.ImageRows.OfRaster;
import java.awt.image.Raster;

/**
 * Rows of a four-colour JPEG, translated without a profile: printed inks multiply.
 *
 * @param ycck whether the first three samples are luma and chroma of the inks; else 255 means no ink, as everybody stores and
 *     reads it, whatever the standard says, and as it is for black in both
 */
record CmykRows(Raster raster, boolean ycck) implements OfRaster {
    private static final int INKS = 4;

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public void read(int y, int[] samples) {
        int width = width();
        int[] inks = stored(y, new int[width * INKS]);
        for (int x = 0; x < width; x++) {
            if (ycck) {
                fromLuma(inks, x * INKS);
            }
            int black = inks[x * INKS + 3];
            for (int channel = 0; channel < 3; channel++) {
                samples[3 * x + channel] = (inks[x * INKS + channel] * black + 127) / 255;
            }
        }
    }

    /** JFIF's YCbCr to RGB, which in a YCCK file stands for the inks; and what light they leave. */
    private static void fromLuma(int[] inks, int at) {
        int luma = inks[at];
        double blue = inks[at + 1] - 128;
        double red = inks[at + 2] - 128;
        inks[at] = 255 - clamp(luma + 1.402 * red);
        inks[at + 1] = 255 - clamp(luma - 0.344136 * blue - 0.714136 * red);
        inks[at + 2] = 255 - clamp(luma + 1.772 * blue);
    }

    private static int clamp(double sample) {
        return (int) Math.max(0, Math.min(255, Math.round(sample)));
    }
}

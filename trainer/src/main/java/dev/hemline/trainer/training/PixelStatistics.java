package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.List;

/** Mean and deviation of pixels, by which images are scaled before a network sees them. */
public final class PixelStatistics {
    private static final int BYTE_VALUES = 256;
    private static final double DECIMALS = 1e4;

    private PixelStatistics() {}

    /** The input of a network that learns from these images; rounded, so that people can read it in the manifest. */
    public static ModelInput of(LabelledImages images) {
        long[] counts = new long[BYTE_VALUES];
        for (int i = 0; i < images.size(); i++) {
            for (byte pixel : images.image(i)) {
                counts[pixel & 0xff]++;
            }
        }
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int value = 0; value < BYTE_VALUES; value++) {
            double scaled = value / 255.0;
            n += counts[value];
            sum += counts[value] * scaled;
            squares += counts[value] * scaled * scaled;
        }
        double mean = sum / n;
        double deviation = Math.sqrt(squares / n - mean * mean);
        return new ModelInput(
                1,
                images.height(),
                images.width(),
                List.of(rounded(mean)),
                List.of(rounded(Math.max(deviation, 1 / DECIMALS))),
                false);
    }

    private static float rounded(double value) {
        return (float) (Math.round(value * DECIMALS) / DECIMALS);
    }
}

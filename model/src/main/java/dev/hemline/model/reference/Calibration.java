package dev.hemline.model.reference;

import dev.hemline.event.ModelManifest;

/** Whether a version was made as sure of its answers as it is right, on images that it did not learn (temperature scaling). */
public final class Calibration {
    /** What a manifest calls the number that the logits were divided by, among all that it tells about the training. */
    public static final String TEMPERATURE = "logitTemperature";

    private Calibration() {}

    /** Whether a manifest tells such a number, of what is served. */
    public static boolean isOf(ModelManifest manifest) {
        String told = manifest.getTraining().get(TEMPERATURE);
        try {
            return told != null && Double.parseDouble(told) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

package dev.hemline.trainer.episode;

import dev.hemline.event.ModelManifest;

/** The share of right answers that a version is expected to give on live traffic. */
public final class Promise {
    /** In the {@code training} of a version that was refreshed: the share of labelled traffic that it had right in its gate, 0 to 1. */
    public static final String TRAFFIC_ACCURACY = "trafficAccuracy";

    private Promise() {}

    /** By labelled traffic, where it was measured on that; else by the images that it was validated with. */
    static double of(ModelManifest version) {
        String traffic = version.getTraining().get(TRAFFIC_ACCURACY);
        try {
            double promised = traffic == null ? version.getEvaluation().getAccuracy() : Double.parseDouble(traffic);
            return promised >= 0 && promised <= 1 ? promised : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

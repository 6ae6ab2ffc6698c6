package dev.hemline.trainer.episode;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import java.util.Map;

/** How often a version is expected to be right on live traffic. */
public final class Promise {
    /** In the {@code training} of a version that was refreshed: the share of labelled traffic that it had right in its gate, 0 to 1. */
    public static final String TRAFFIC_ACCURACY = "trafficAccuracy";

    /** Likewise of how many pictures. */
    public static final String TRAFFIC_IMAGES = "trafficImages";

    private Promise() {}

    /** By labelled traffic, where it was measured on that; else by the images that it was validated with; of none where neither makes sense. */
    static Right of(ModelManifest version) {
        Map<String, String> training = version.getTraining();
        if (!training.containsKey(TRAFFIC_ACCURACY)) {
            ModelEvaluation evaluation = version.getEvaluation();
            return promised(evaluation.getAccuracy(), evaluation.getImages());
        }
        try {
            return promised(
                    Double.parseDouble(training.get(TRAFFIC_ACCURACY)),
                    Integer.parseInt(training.getOrDefault(TRAFFIC_IMAGES, "0")));
        } catch (NumberFormatException e) {
            return Right.NONE;
        }
    }

    private static Right promised(double accuracy, int images) {
        return accuracy >= 0 && accuracy <= 1 && images > 0
                ? new Right(images, (int) Math.round(accuracy * images))
                : Right.NONE;
    }
}

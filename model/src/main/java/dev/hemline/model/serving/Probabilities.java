package dev.hemline.model.serving;

/** What the probabilities of one image's classes say. */
public final class Probabilities {
    private Probabilities() {}

    /** The class that is most likely; of several alike, the first. */
    public static int mostLikely(float[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            best = probabilities[label] > probabilities[best] ? label : best;
        }
        return best;
    }

    /** Whether none of these numbers is NaN or infinite. */
    public static boolean areFinite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What they would be if the logits were divided by a temperature first: nearer to each other where it is above 1, further
     * apart where it is below. Which class is most likely stays as it is.
     *
     * @param temperature above 0
     */
    public static float[] tempered(float[] probabilities, double temperature) {
        float[] logits = new float[probabilities.length];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) (Math.log(probabilities[label]) / temperature);
        }
        return softmax(logits, 0, logits.length);
    }

    /** The probabilities of one image, which sum to 1; NaN or infinity among the logits gives NaN. */
    public static float[] softmax(float[] logits, int from, int labels) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + labels; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        double[] powers = new double[labels];
        for (int i = 0; i < labels; i++) {
            powers[i] = Math.exp(logits[from + i] - largest);
            sum += powers[i];
        }
        float[] probabilities = new float[labels];
        for (int i = 0; i < labels; i++) {
            probabilities[i] = (float) (powers[i] / sum);
        }
        return probabilities;
    }
}

package dev.hemline.model.serving;

/** Logits to probabilities. */
public final class Softmax {
    private Softmax() {}

    /** The probabilities of one image, which sum to 1; NaN or infinity among the logits gives NaN. */
    public static float[] of(float[] logits, int from, int labels) {
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

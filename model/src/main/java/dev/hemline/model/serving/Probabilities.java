package dev.hemline.model.serving;

/** What the probabilities of one image's classes say. */
public final class Probabilities {
    /** A softmax in half precision over a thousand classes is off by some thousandths. */
    private static final double SUM_TOLERANCE = 0.01;

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

    /** Whether these can be the probabilities of all classes of an image: each 0 to 1, and nearly 1 together. */
    public static boolean areProbabilities(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            // Written so that NaN is none either.
            if (!(number >= 0 && number <= 1)) {
                return false;
            }
            sum += number;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
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

package dev.hemline.model.reference;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What drift detection looks at of a result: the logarithm of each class's probability. Classes of a model with more than
 * {@link #MOST_GROUPS} are pooled, class {@code c} with all that leave the same remainder, so that a result costs no more
 * with a thousand classes than with sixteen.
 */
public final class LogProbabilities {
    /** Into how many groups classes are pooled at most; each class is one of its own up to there. */
    public static final int MOST_GROUPS = 16;

    /** Below it a probability says as much about rounding as about the picture. */
    public static final double FLOOR = 1e-4;

    private LogProbabilities() {}

    /** How many groups there are of so many classes. */
    public static int groups(int classes) {
        return Math.min(classes, MOST_GROUPS);
    }

    /** The group of a class. */
    public static int group(int label, int classes) {
        return label % groups(classes);
    }

    /** The natural logarithm of the probability of every group, at least that of {@link #FLOOR}. */
    public static double[] of(List<Float> probabilities) {
        return of(probabilities.size(), probabilities::get);
    }

    /** The same. */
    public static double[] of(float[] probabilities) {
        return of(probabilities.length, label -> probabilities[label]);
    }

    private static double[] of(int classes, IntToDoubleFunction probability) {
        double[] logs = new double[groups(classes)];
        for (int label = 0; label < classes; label++) {
            logs[label % logs.length] += probability.applyAsDouble(label);
        }
        for (int group = 0; group < logs.length; group++) {
            logs[group] = Math.log(Math.max(logs[group], FLOOR));
        }
        return logs;
    }
}

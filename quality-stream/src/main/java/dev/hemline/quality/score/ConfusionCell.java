package dev.hemline.quality.score;

import dev.hemline.topic.ModelKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cell of the confusion matrix of a model version. As text, its key in state, it is {@code name/v000012/9/7}.
 *
 * @param actual the true class
 * @param predicted the class that the version gave
 */
public record ConfusionCell(ModelKey.Manifest version, int actual, int predicted) {
    private static final Pattern FORM = Pattern.compile("(.+/v\\d+)/(\\d{1,9})/(\\d{1,9})");

    /** @throws IllegalArgumentException if {@code text} is no cell */
    public static ConfusionCell parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches() && ModelKey.parse(form.group(1)) instanceof ModelKey.Manifest version) {
            return new ConfusionCell(version, Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
        }
        throw new IllegalArgumentException(
                "Not a cell of a confusion matrix: '" + text + "', expected name/v000012/9/7");
    }

    public boolean isCorrect() {
        return actual == predicted;
    }

    @Override
    public String toString() {
        return version + "/" + actual + "/" + predicted;
    }
}

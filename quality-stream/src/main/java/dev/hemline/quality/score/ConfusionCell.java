package dev.hemline.quality.score;

import dev.hemline.topic.ModelKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cell of the confusion matrix of a model version. As text, its key in state, it is {@code name/v000012/9/7}.
 *
 * @param actual the true class
 * @param predicted the class that the version gave
 */
public record ConfusionCell(ModelKey.Manifest version, int actual, int predicted) {
    private static final Pattern FORM = Pattern.compile("(.+)/v(\\d{6,9})/(\\d{1,9})/(\\d{1,9})");

    /** Empty if {@code text} is no cell, as {@code toString()} would write it. */
    public static Optional<ConfusionCell> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !ModelKey.isVersion(form.group(1), Integer.parseInt(form.group(2)))) {
            return Optional.empty();
        }
        var version = new ModelKey.Manifest(form.group(1), Integer.parseInt(form.group(2)));
        var cell = new ConfusionCell(version, Integer.parseInt(form.group(3)), Integer.parseInt(form.group(4)));
        return Optional.of(cell).filter(found -> found.toString().equals(text));
    }

    public boolean isCorrect() {
        return actual == predicted;
    }

    @Override
    public String toString() {
        return version + "/" + actual + "/" + predicted;
    }
}

package dev.hemline.quality.score;

import dev.hemline.topic.ModelKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Results of a model version that were about as sure as each other. As text, its key in state, it is {@code name/v000012/confidence/7}.
 *
 * @param bin of {@link Confidences}
 */
public record ConfidenceCell(ModelKey.Manifest version, int bin) {
    private static final Pattern FORM = Pattern.compile("(.+)/v(\\d{6,9})/confidence/(\\d{1,2})");

    /** Empty if {@code text} is no cell, as {@code toString()} would write it. */
    public static Optional<ConfidenceCell> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !ModelKey.isVersion(form.group(1), Integer.parseInt(form.group(2)))) {
            return Optional.empty();
        }
        var version = new ModelKey.Manifest(form.group(1), Integer.parseInt(form.group(2)));
        var cell = new ConfidenceCell(version, Integer.parseInt(form.group(3)));
        return Optional.of(cell)
                .filter(found ->
                        found.bin < Confidences.BINS && found.toString().equals(text));
    }

    @Override
    public String toString() {
        return version + "/confidence/" + bin;
    }
}

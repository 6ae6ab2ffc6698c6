package dev.hemline.quality.source;

import dev.hemline.topic.ModelKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one version made of one source. As text, its key in state, it is {@code name/v000012/source}.
 *
 * @param source a name by {@link BusiestSources}
 */
public record SourceRow(ModelKey.Manifest version, String source) {
    private static final Pattern FORM = Pattern.compile("([^/]+)/v(\\d{6,9})/(.*)");

    /** Empty if {@code text} is no row, as {@code toString()} would write it. */
    public static Optional<SourceRow> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !ModelKey.isVersion(form.group(1), Integer.parseInt(form.group(2)))) {
            return Optional.empty();
        }
        var version = new ModelKey.Manifest(form.group(1), Integer.parseInt(form.group(2)));
        var row = new SourceRow(version, BusiestSources.bounded(form.group(3)));
        return Optional.of(row).filter(found -> found.toString().equals(text));
    }

    @Override
    public String toString() {
        return version + "/" + source;
    }
}

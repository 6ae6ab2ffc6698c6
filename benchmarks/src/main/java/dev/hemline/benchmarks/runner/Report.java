package dev.hemline.benchmarks.runner;

import dev.hemline.service.JsonFile;
import java.util.List;
import java.util.Map;

/** What a bench came to: a record, whose fields are those of the JSON file. */
public interface Report {
    /**
     * Figures as lying bars.
     *
     * @param caption what the bars are, with their unit
     * @param decimals how many digits after the point a reader needs
     * @param values by name, from the top
     */
    record Bars(String title, String caption, int decimals, Map<String, Double> values) {}

    /** As a person reads it. */
    default List<String> table() {
        return List.of(JsonFile.text(this));
    }

    /** What there is to draw, for benches with {@code --chart}. */
    default Bars bars() {
        throw new UnsupportedOperationException("nothing to draw");
    }

    /** Whether everything came back that had to. */
    default boolean passed() {
        return true;
    }
}

package dev.hemline.benchmarks.runner;

import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.page.ChartFile;
import dev.hemline.service.JsonFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a bench came to: a record, whose fields are those of the JSON file. */
public interface Report {
    /** As a person reads it. */
    default List<String> table() {
        return List.of(JsonFile.text(this));
    }

    /** Whether everything came back that had to. */
    default boolean passed() {
        return true;
    }

    /** One that can be drawn. */
    interface Drawn extends Report {
        void draw(Path file);
    }

    /** One that is drawn as bars. */
    interface Charted extends Drawn {
        Bars bars();

        @Override
        default void draw(Path file) {
            bars().draw(file);
        }
    }

    /**
     * Figures as lying bars.
     *
     * @param caption what the bars are, with their unit
     * @param decimals how many digits after the point a reader needs
     * @param values by name, from the top
     */
    record Bars(String title, String caption, int decimals, Map<String, Double> values) {
        /** One for each of these. */
        public static <T> Bars of(
                String title,
                String caption,
                int decimals,
                Collection<T> rows,
                Function<T, String> name,
                Function<T, Spread> figure) {
            Map<String, Double> values = new LinkedHashMap<>();
            rows.forEach(row -> values.put(name.apply(row), figure.apply(row).median()));
            return new Bars(title, caption, decimals, values);
        }

        void draw(Path file) {
            BarChart chart = BarChart.ofNumbers(List.copyOf(values.keySet()), decimals)
                    .add(caption, ChartColour.FIRST, List.copyOf(values.values()));
            ChartFile.write(chart.titled(title, caption), file);
        }
    }
}

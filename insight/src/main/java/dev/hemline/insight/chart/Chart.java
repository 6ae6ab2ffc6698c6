package dev.hemline.insight.chart;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chart with what a reader needs to understand it.
 *
 * @param title what is drawn, in a few words
 * @param svg the drawing
 * @param legend which colour is what; empty where there is one thing only
 * @param caption what one sees, and what is good
 */
public record Chart(String title, String svg, List<Key> legend, String caption) {
    /** Narrow, so that text keeps its size on a phone; wide pages put two side by side. */
    static final int WIDTH = 440;

    private static final Pattern BOX = Pattern.compile("viewBox=\"0 0 " + WIDTH + " (\\d+)\"");

    public Chart {
        legend = List.copyOf(legend);
    }

    /** How high the drawing is, where it is {@link #WIDTH} wide. */
    public int height() {
        Matcher box = BOX.matcher(svg);
        if (!box.find()) {
            throw new IllegalStateException("the drawing does not say how large it is: " + title);
        }
        return Integer.parseInt(box.group(1));
    }

    /** One line of a legend. */
    public record Key(String name, String colour) {
        static Key of(String name, ChartColour colour) {
            return new Key(name, colour.css());
        }
    }
}

package dev.hemline.insight.chart;

import java.util.List;

/**
 * A chart with what a reader needs to understand it.
 *
 * @param title what is drawn, in a few words
 * @param svg the drawing
 * @param height of the drawing, where it is {@link #WIDTH} wide
 * @param legend which colour is what; empty where there is one thing only
 * @param caption what one sees, and what is good
 */
public record Chart(String title, String svg, int height, List<Key> legend, String caption) {
    /** Narrow, so that text keeps its size on a phone; wide pages put two side by side. */
    static final int WIDTH = 440;

    public Chart {
        legend = List.copyOf(legend);
    }

    /** One line of a legend. */
    public record Key(String name, String colour) {
        static Key of(String name, ChartColour colour) {
            return new Key(name, colour.css());
        }
    }
}

package dev.hemline.insight.chart;

import java.awt.Color;

/**
 * The colours that charts are drawn in. On the page each is a CSS variable, so that one chart serves light and dark;
 * while a chart is drawn, a colour that nothing else has stands for it.
 */
public enum ChartColour {
    INK("--ink", 3),
    MUTED("--muted", 4),
    GRID("--line", 5),
    FIRST("--series-1", 6),
    SECOND("--series-2", 7),
    THIRD("--series-3", 8),
    FOURTH("--series-4", 9);

    private final String variable;

    private final int blue;

    ChartColour(String variable, int blue) {
        this.variable = variable;
        this.blue = blue;
    }

    /** The stand-in that drawing uses. */
    Color standIn() {
        return new Color(1, 2, blue);
    }

    /** The stand-in as the SVG writer spells it. */
    String written() {
        return "rgb(1,2," + blue + ")";
    }

    /** What stands in the page instead. */
    public String css() {
        return "var(" + variable + ")";
    }
}

package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Power.Point;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.page.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Power over the number of results, a panel for each shift, in colours for light and for dark. */
final class PowerCurves {
    private static final int COLUMNS = 3;
    private static final int WIDTH = 236;
    private static final int HEIGHT = 84;
    private static final int LEFT = 46;
    private static final int TOP = 108;
    private static final int ACROSS = WIDTH + 40;
    private static final int DOWN = HEIGHT + 52;

    private PowerCurves() {}

    /** Whose a curve is. */
    private enum Detector {
        HEMLINE("hemline", ChartColour.FIRST, "none", Point::hemline),
        BBSDS("BBSDs, 5 % at one look", ChartColour.SECOND, "7 3", Point::bbsds),
        ONE_LOOK("hemline's evidence, 5 % at one look", ChartColour.THIRD, "2 3", Point::oneLook),
        BBSDS_IN_STREAM("BBSDs, the budget of hemline", ChartColour.MUTED, "9 3 2 3", Point::bbsdsInStream);

        private final String title;
        private final ChartColour colour;
        private final String dashes;

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final ToDoubleFunction<Point> power;

        Detector(String title, ChartColour colour, String dashes, ToDoubleFunction<Point> power) {
            this.title = title;
            this.colour = colour;
            this.dashes = dashes;
            this.power = power;
        }
    }

    /** What the template takes. */
    private record Content(String title, String caption, int width, int height, List<Key> legend, List<Panel> panels) {}

    private record Key(int x, int textX, String name, String colour, String dashes) {}

    private record Panel(int x, int y, int width, String title, String note, List<Tick> ticks, List<Curve> curves) {}

    private record Tick(String line, double x, double y, String anchor, String text) {}

    private record Curve(String points, String colour, String dashes) {}

    static void draw(List<Power> shifts, String caption, Path file) {
        int rows = (shifts.size() + COLUMNS - 1) / COLUMNS;
        var content = new Content(
                "Power: the share of trials in which a shift is told",
                caption,
                LEFT + COLUMNS * ACROSS,
                TOP + rows * DOWN,
                legend(),
                IntStream.range(0, shifts.size())
                        .mapToObj(place -> panel(shifts.get(place), place))
                        .toList());
        Page.of(PowerCurves.class, "power.svg", content).write(file);
    }

    private static List<Key> legend() {
        List<Key> legend = new ArrayList<>();
        int x = 20;
        for (Detector detector : Detector.values()) {
            legend.add(new Key(x, x + 34, detector.title, detector.colour.css(), detector.dashes));
            x += 64 + 6 * detector.title.length();
        }
        return legend;
    }

    private static Panel panel(Power shift, int place) {
        double first = Math.log10(shift.points().get(0).results());
        double last = Math.log10(shift.points().get(shift.points().size() - 1).results());
        List<Tick> ticks = new ArrayList<>();
        for (double power : new double[] {0, 0.5, 1}) {
            double y = y(power);
            ticks.add(new Tick("M0 " + y + "h" + WIDTH, -6, y + 3.5, "end", Lines.text("%.1f", power)));
        }
        for (int power = (int) Math.ceil(first); power <= last; power++) {
            double x = x(Math.pow(10, power), first, last);
            ticks.add(new Tick(
                    "M" + x + " " + HEIGHT + "v3", x, HEIGHT + 15, "middle", Lines.text("%,.0f", Math.pow(10, power))));
        }
        List<Curve> curves = new ArrayList<>();
        for (Detector detector : Detector.values()) {
            String points = shift.points().stream()
                    .map(point -> Lines.text(
                            "%.1f,%.1f", x(point.results(), first, last), y(detector.power.applyAsDouble(point))))
                    .collect(Collectors.joining(" "));
            curves.add(new Curve(points, detector.colour.css(), detector.dashes));
        }
        return new Panel(
                LEFT + place % COLUMNS * ACROSS,
                TOP + place / COLUMNS * DOWN,
                WIDTH,
                shift.shift(),
                Lines.text("%.0f %%", shift.accuracy() * 100),
                ticks,
                curves);
    }

    private static double x(double results, double first, double last) {
        return last > first ? Math.round((Math.log10(results) - first) / (last - first) * WIDTH * 10) / 10.0 : 0;
    }

    private static double y(double power) {
        return HEIGHT * (1 - power);
    }
}

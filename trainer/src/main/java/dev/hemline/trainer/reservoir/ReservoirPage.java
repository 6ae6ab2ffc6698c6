package dev.hemline.trainer.reservoir;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.hemline.event.Sample;
import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.page.DataUri;
import dev.hemline.insight.page.Figures;
import dev.hemline.insight.page.Page;
import dev.hemline.insight.page.Tile;
import dev.hemline.service.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A reservoir as a page for people, in the names of its template {@code reservoir.html}. */
record ReservoirPage(
        String title,
        String lead,
        List<Tile> tiles,
        Chart classes,
        List<Group> groups,
        List<Picture> newest,
        String made) {
    private static final int MOST_ROWS = 20;
    private static final int MOST_PICTURES = 36;
    private static final int NAME_CHARS = 60;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH);

    /** Of what the pictures are told apart by. */
    record Group(String name, String note, List<Row> rows) {}

    record Row(String name, String pictures, String right, String bar) {}

    record Picture(String picture, String label, String answer, boolean right, String told) {}

    /** @param classes the model's, in order */
    static Page of(Reservoir reservoir, String model, List<String> classes, Instant now) {
        List<LabelledSample> all = reservoir.samples();
        var content = new ReservoirPage(
                "Reservoir of " + model,
                "Labelled pictures of live traffic that this trainer keeps to learn from when what serves has to be refreshed: of"
                        + " each class as many as of any other at most, and rather newer ones.",
                tiles(reservoir, all, now),
                perClass(all, classes),
                groups(all),
                newest(all, classes, now),
                SECOND.format(now.atOffset(ZoneOffset.UTC)));
        return Page.of(ReservoirPage.class, "reservoir.html", content);
    }

    private static List<Tile> tiles(Reservoir reservoir, List<LabelledSample> all, Instant now) {
        long heldOut = all.stream().filter(LabelledSample::isHeldOut).count();
        return List.of(
                new Tile(Figures.count(all.size() - heldOut), "to learn from"),
                new Tile(Figures.count(heldOut), "held out to validate with, one in five"),
                new Tile(Figures.count(reservoir.mostPerClass()), "of a class at most"),
                new Tile(rightShare(all), "answered right when they came"),
                new Tile(all.isEmpty() ? "none" : age(all.get(0), now), "since the oldest label"),
                new Tile(all.isEmpty() ? "none" : age(all.get(all.size() - 1), now), "since the newest label"));
    }

    private static String age(LabelledSample sample, Instant now) {
        Duration age = Duration.between(sample.arrivedAt(), now);
        return age.toSeconds() < 100
                ? Math.max(0, age.toSeconds()) + " s"
                : age.toMinutes() < 100
                        ? age.toMinutes() + " min"
                        : age.toHours() < 48 ? age.toHours() + " h" : age.toDays() + " days";
    }

    private static Chart perClass(List<LabelledSample> all, List<String> classes) {
        return BarChart.ofNumbers(classes, 0)
                .add("to learn from", ChartColour.FIRST, counts(all, classes, sample -> !sample.isHeldOut()))
                .add("held out", ChartColour.SECOND, counts(all, classes, LabelledSample::isHeldOut))
                .titled("Pictures, by what they show", "What people said that they show.");
    }

    private static List<Double> counts(
            List<LabelledSample> all, List<String> classes, Predicate<LabelledSample> which) {
        return IntStream.range(0, classes.size())
                .mapToObj(label -> (double) all.stream()
                        .filter(sample -> sample.label() == label && which.test(sample))
                        .count())
                .toList();
    }

    private static List<Group> groups(List<LabelledSample> all) {
        return List.of(
                group(
                        "Sources",
                        "Who sent them.",
                        all,
                        sample -> sample.sample().getSource()),
                group(
                        "Labellers",
                        "Who said what they show. One whose labels agree with answers far less often than others' do is worth a"
                                + " look: hemline labellers list.",
                        all,
                        LabelledSample::by),
                group(
                        "Versions",
                        "Which version of the model had answered.",
                        all,
                        sample -> "v" + sample.sample().getModelVersion()));
    }

    private static Group group(
            String name, String note, List<LabelledSample> all, Function<LabelledSample, String> by) {
        Map<String, List<LabelledSample>> parts = all.stream().collect(groupingBy(by, TreeMap::new, toList()));
        List<Row> rows = parts.entrySet().stream()
                .sorted(Comparator.comparingInt(part -> -part.getValue().size()))
                .limit(MOST_ROWS)
                .map(part -> new Row(
                        part.getKey().isEmpty() ? "(unnamed)" : Texts.printable(part.getKey(), NAME_CHARS),
                        Figures.count(part.getValue().size()),
                        rightShare(part.getValue()),
                        String.format(
                                Locale.ROOT, "%.1f", 100.0 * part.getValue().size() / all.size())))
                .toList();
        return new Group(name, note, rows);
    }

    private static String rightShare(List<LabelledSample> all) {
        return all.isEmpty()
                ? "none"
                : Figures.shortPercent(
                        (double) all.stream().filter(LabelledSample::isRight).count() / all.size());
    }

    private static List<Picture> newest(List<LabelledSample> all, List<String> classes, Instant now) {
        return IntStream.rangeClosed(1, all.size())
                .mapToObj(back -> all.get(all.size() - back))
                .filter(sample -> isGrey(sample.sample()) && sample.label() < classes.size())
                .limit(MOST_PICTURES)
                .map(sample -> picture(sample, classes, now))
                .toList();
    }

    private static boolean isGrey(Sample sample) {
        return sample.getChannels() == 1 && sample.getPixels().remaining() == sample.getHeight() * sample.getWidth();
    }

    private static Picture picture(LabelledSample sample, List<String> classes, Instant now) {
        byte[] pixels = new byte[sample.sample().getPixels().remaining()];
        sample.sample().getPixels().duplicate().get(pixels);
        int answered = Answer.of(sample.sample()).label();
        return new Picture(
                DataUri.ofGrey(
                        pixels, sample.sample().getWidth(), sample.sample().getHeight()),
                classes.get(sample.label()),
                answered < classes.size() ? classes.get(answered) : "class " + answered,
                sample.isRight(),
                (sample.by().isEmpty() ? "somebody" : Texts.printable(sample.by(), NAME_CHARS)) + ", "
                        + age(sample, now) + " ago" + (sample.isHeldOut() ? ", held out" : ""));
    }
}

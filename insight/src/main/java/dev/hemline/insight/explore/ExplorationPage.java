package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.chart.Histogram;
import dev.hemline.insight.page.DataUri;
import dev.hemline.insight.page.Figures;
import dev.hemline.insight.page.Page;
import dev.hemline.insight.page.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The page's content, in the names of its template {@code explore.html}.
 *
 * @param title of the page
 * @param tiles the figures that stand first
 * @param balance how much of each set each class is
 * @param counts the same in numbers
 * @param samples a row of images for each class
 * @param classes what each class's images have in common
 * @param levels how often each grey level comes
 * @param twins near-duplicates between train and test
 */
record ExplorationPage(
        String title,
        String lead,
        List<Tile> tiles,
        Chart balance,
        List<ClassCounts> counts,
        ClassCounts totals,
        List<Row> samples,
        List<ClassCard> classes,
        Chart levels,
        Twins twins) {
    private static final int SAMPLES = 12;
    private static final int PAIRS = 24;
    private static final int LEVELS_A_BAR = 8;
    /** Root-mean-square difference, in grey levels, up to which a person takes two images for the same. */
    private static final double SAME_TO_THE_EYE = 15;

    record ClassCounts(String name, String train, String validation, String test) {}

    record Row(String name, String picture) {}

    record ClassCard(String name, String mean, String deviation, String largestDeviation) {}

    record Twins(String count, String share, String limit, String contradictions, boolean any, List<Pair> pairs) {}

    record Pair(String test, String train, String testClass, String trainClass, boolean sameClass, String distance) {}

    /** @param each told after every image to test with, on whatever thread */
    static Page of(Split split, Runnable each) {
        LabelledImages train = split.train();
        LabelledImages seenBeforeTest = LabelledImages.concat(train, split.validation());
        List<NearDuplicates.Pair> pairs = NearDuplicates.find(split.test(), seenBeforeTest, SAME_TO_THE_EYE, each);
        return Page.of(
                ExplorationPage.class,
                "explore.html",
                new ExplorationPage(
                        "The dataset, explored",
                        "What there is to learn from, what it will be judged by, and what to know before believing a figure.",
                        tiles(split, pairs.size()),
                        balance(split),
                        IntStream.range(0, train.classNames().size())
                                .mapToObj(label -> counts(split, label))
                                .toList(),
                        new ClassCounts(
                                "all",
                                Figures.count(train.size()),
                                Figures.count(split.validation().size()),
                                Figures.count(split.test().size())),
                        samples(train),
                        classes(train),
                        levels(PixelHistogram.of(train)),
                        twins(pairs, split.test(), seenBeforeTest)));
    }

    private static List<Tile> tiles(Split split, int nearDuplicates) {
        LabelledImages train = split.train();
        int images = train.size() + split.validation().size() + split.test().size();
        return List.of(
                new Tile(Figures.count(images), "images"),
                new Tile(Integer.toString(train.classNames().size()), "classes"),
                new Tile(train.width() + " × " + train.height(), "grey pixels each"),
                new Tile(Figures.count(nearDuplicates), "near-duplicates across the test line"));
    }

    private static Chart balance(Split split) {
        return BarChart.ofShares(split.train().classNames())
                .add("train", ChartColour.FIRST, shares(split.train()))
                .add("validation", ChartColour.SECOND, shares(split.validation()))
                .add("test", ChartColour.THIRD, shares(split.test()))
                .titled(
                        "Share of each set, by class",
                        "Bars of one length: no class is rare, so plain accuracy is a fair measure. Three alike in a group:"
                                + " what is measured on validation and test speaks for training.");
    }

    private static List<Double> shares(LabelledImages images) {
        return IntStream.range(0, images.classNames().size())
                .mapToObj(label -> ofClass(images, label).count() / (double) images.size())
                .toList();
    }

    /** The places of a class's images. */
    private static IntStream ofClass(LabelledImages images, int label) {
        return IntStream.range(0, images.size()).filter(place -> images.label(place) == label);
    }

    private static ClassCounts counts(Split split, int label) {
        return new ClassCounts(
                split.train().classNames().get(label),
                Figures.count(ofClass(split.train(), label).count()),
                Figures.count(ofClass(split.validation(), label).count()),
                Figures.count(ofClass(split.test(), label).count()));
    }

    private static List<Row> samples(LabelledImages images) {
        List<Row> rows = new ArrayList<>();
        for (int label = 0; label < images.classNames().size(); label++) {
            List<Integer> first = ofClass(images, label).limit(SAMPLES).boxed().toList();
            if (!first.isEmpty()) {
                rows.add(new Row(images.classNames().get(label), DataUri.ofRow(images, first)));
            }
        }
        return rows;
    }

    private static List<ClassCard> classes(LabelledImages train) {
        List<ClassCard> cards = new ArrayList<>();
        for (int label = 0; label < train.classNames().size(); label++) {
            ClassPictures pictures = ClassPictures.of(train, label);
            double largest = Arrays.stream(pictures.deviation()).max().orElse(0);
            cards.add(new ClassCard(
                    train.classNames().get(label),
                    picture(train, pictures.mean(), 1),
                    picture(train, pictures.deviation(), largest == 0 ? 1 : 255 / largest),
                    String.format(Locale.ROOT, "%.0f", largest)));
        }
        return cards;
    }

    private static String picture(LabelledImages like, double[] values, double gain) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.round(values[i] * gain);
        }
        return DataUri.ofGrey(pixels, like.width(), like.height());
    }

    private static Chart levels(PixelHistogram pixels) {
        List<Histogram.Bin> bins = IntStream.range(0, 256 / LEVELS_A_BAR)
                .mapToObj(bar -> new Histogram.Bin(
                        bar * LEVELS_A_BAR,
                        (bar + 1) * LEVELS_A_BAR,
                        pixels.between(bar * LEVELS_A_BAR, (bar + 1) * LEVELS_A_BAR - 1)))
                .toList();
        return Histogram.ofCounts(
                "How often each grey level comes",
                bins,
                String.format(
                        Locale.ROOT,
                        "Pixels of the training images by grey level, eight levels a bar, on a logarithmic scale. %s are"
                                + " exactly 0, the ground. Scaled to 0 … 1 the mean is %.4f and the deviation %.4f: by"
                                + " these a model's input is normalised.",
                        Figures.shortPercent(pixels.between(0, 0) / (double) pixels.total()),
                        pixels.mean(),
                        pixels.deviation()));
    }

    /** @param pairs nearest first, of places in these sets */
    private static Twins twins(List<NearDuplicates.Pair> pairs, LabelledImages test, LabelledImages seen) {
        return new Twins(
                Figures.count(pairs.size()),
                Figures.percent(pairs.size() / (double) test.size()),
                String.format(Locale.ROOT, "%.0f", SAME_TO_THE_EYE),
                Figures.count(pairs.stream()
                        .filter(pair -> test.label(pair.test()) != seen.label(pair.train()))
                        .count()),
                !pairs.isEmpty(),
                pairs.stream().limit(PAIRS).map(pair -> pair(pair, test, seen)).toList());
    }

    private static Pair pair(NearDuplicates.Pair pair, LabelledImages test, LabelledImages seen) {
        int testLabel = test.label(pair.test());
        int seenLabel = seen.label(pair.train());
        return new Pair(
                DataUri.ofImage(test, pair.test()),
                DataUri.ofImage(seen, pair.train()),
                test.classNames().get(testLabel),
                seen.classNames().get(seenLabel),
                testLabel == seenLabel,
                String.format(Locale.ROOT, "%.1f", pair.distance()));
    }
}

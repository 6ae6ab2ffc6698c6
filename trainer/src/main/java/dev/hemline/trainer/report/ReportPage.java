package dev.hemline.trainer.report;

import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.chart.Histogram;
import dev.hemline.insight.chart.LineChart;
import dev.hemline.insight.chart.LineChart.Point;
import dev.hemline.insight.chart.ReliabilityDiagram;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.evaluate.Calibration;
import dev.hemline.insight.evaluate.ConfusionMatrix;
import dev.hemline.insight.page.DataUri;
import dev.hemline.insight.page.Figures;
import dev.hemline.insight.page.Page;
import dev.hemline.insight.page.Tile;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.trainer.report.TrainingReport.TrainedFolder;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.TrainingHistory;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The page's content, in the names of its template {@code report.html}. */
record ReportPage(
        String title,
        String lead,
        List<Tile> tiles,
        List<RecipeTable.Row> recipe,
        List<Chart> curves,
        List<String> classNames,
        List<ConfusionTable.Row> confusion,
        List<ClassRow> classes,
        Chart calibration,
        String expectedError,
        List<Mistake> mistakes,
        @Nullable Filters filters,
        @Nullable LayerTable layers,
        String sha256,
        String made) {
    private static final int MISTAKES = 24;
    private static final int GUESSES = 3;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

    record ClassRow(String name, String images, String precision, String recall, String f1, String bar) {}

    record Mistake(String picture, String actual, String predicted, List<Guess> guesses) {}

    record Guess(String name, String percent, String bar, boolean right) {}

    record Filters(String picture, String name, List<FilterPictures.Filter> all) {}

    static Page of(TrainedFolder trained, Answers answers) {
        ModelManifest manifest = trained.model().manifest().orElseThrow();
        ConfusionMatrix matrix = ConfusionMatrix.of(answers);
        Calibration calibration = Calibration.of(answers);
        ReportPage content = new ReportPage(
                "Training report: " + manifest.getName(),
                lead(manifest, answers),
                tiles(trained, answers),
                RecipeTable.of(trained.history(), trained.temperature()),
                curves(trained.history().epochs()),
                matrix.classes(),
                ConfusionTable.of(matrix),
                classes(matrix),
                calibration(calibration),
                Figures.percent(calibration.expectedError()),
                answers.worstMistakes(MISTAKES).stream()
                        .map(image -> mistake(answers, image))
                        .toList(),
                filters(trained, answers.images()),
                trained.model()
                        .served()
                        .map(served -> LayerTable.of(served.network()))
                        .orElse(null),
                manifest.getArchive().getSha256(),
                DAY.format(manifest.getCreatedAt().atOffset(ZoneOffset.UTC)));
        return Page.of(ReportPage.class, "report.html", content);
    }

    private static String lead(ModelManifest manifest, Answers answers) {
        WilsonInterval interval = WilsonInterval.of(answers.accuracy(), answers.size());
        return String.format(
                Locale.ROOT,
                "Network %s is right on %s of %s images that neither its training nor any choice has seen. With 95 %%"
                        + " confidence the true share is %s.",
                manifest.getNetwork(),
                Figures.percent(answers.accuracy()),
                Figures.count(answers.size()),
                Figures.interval(interval));
    }

    private static List<Tile> tiles(TrainedFolder trained, Answers answers) {
        TrainingHistory history = trained.history();
        double seconds =
                history.epochs().stream().mapToDouble(EpochResult::seconds).sum();
        double best = history.epochs().stream()
                .mapToDouble(EpochResult::validationAccuracy)
                .max()
                .orElse(0);
        return List.of(
                new Tile(Figures.percent(answers.accuracy()), "test accuracy"),
                new Tile(Figures.percent(best), "best validation accuracy"),
                new Tile(Figures.count(history.parameters()), "parameters"),
                new Tile(Figures.count(Math.round(history.operations() / 1e6)) + " M", "operations an image"),
                new Tile(Figures.bytes(trained.model().archive().length), "on disk"),
                new Tile(duration(seconds), "of training"));
    }

    private static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < 5400
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** How the training went, epoch by epoch. */
    private static List<Chart> curves(List<EpochResult> epochs) {
        return List.of(lossCurve(epochs), accuracyCurve(epochs), learningRateCurve(epochs));
    }

    private static Chart lossCurve(List<EpochResult> epochs) {
        return LineChart.ofNumbers(2)
                .add("train", ChartColour.FIRST, points(epochs, EpochResult::trainLoss))
                .add("validation", ChartColour.SECOND, points(epochs, EpochResult::validationLoss))
                .titled(
                        "Loss, by epoch",
                        "Lower is better. The training loss is what the optimizer saw: on varied images and, where labels are"
                                + " smoothed, with a floor that it cannot get below. So it may lie above the other curve."
                                + " Trouble is a validation loss that turns upwards.");
    }

    private static Chart accuracyCurve(List<EpochResult> epochs) {
        return LineChart.ofShares()
                .add("train", ChartColour.FIRST, points(epochs, EpochResult::trainAccuracy))
                .add("validation", ChartColour.SECOND, points(epochs, EpochResult::validationAccuracy))
                .titled(
                        "Accuracy, by epoch",
                        "Higher is better. Where training runs far ahead of validation, the network learns by heart.");
    }

    private static Chart learningRateCurve(List<EpochResult> epochs) {
        return LineChart.ofNumbers(5)
                .add("learning rate", ChartColour.THIRD, points(epochs, EpochResult::learningRate))
                .titled(
                        "Learning rate at the end of each epoch",
                        "One cycle: it rises while the network finds its bearings, and falls to almost nothing, which is when"
                                + " most of the last points of accuracy come.");
    }

    private static List<Point> points(List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
        return epochs.stream()
                .map(epoch -> new Point(epoch.epoch(), value.applyAsDouble(epoch)))
                .toList();
    }

    private static List<ClassRow> classes(ConfusionMatrix matrix) {
        return matrix.figures().stream()
                .map(figures -> new ClassRow(
                        figures.name(),
                        Figures.count(figures.images()),
                        Figures.shortPercent(figures.precision()),
                        Figures.shortPercent(figures.recall()),
                        Figures.shortPercent(figures.f1()),
                        String.format(Locale.ROOT, "%.1f", 100 * figures.f1())))
                .toList();
    }

    private static Chart calibration(Calibration calibration) {
        List<Histogram.Bin> bins = calibration.bins().stream()
                .filter(bin -> bin.answers() > 0)
                .map(bin -> new Histogram.Bin(bin.low(), bin.high(), bin.accuracy()))
                .toList();
        return ReliabilityDiagram.of(
                "Share of right answers, by confidence",
                bins,
                "Each bar holds the answers of one range of confidence. A bar that ends on the dashed line is as often right"
                        + " as it is sure; above it the model is too modest, below it too sure of itself.");
    }

    private static Mistake mistake(Answers answers, int image) {
        List<String> names = answers.images().classNames();
        List<Guess> guesses = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingDouble(label -> -answers.probability(image, label)))
                .limit(GUESSES)
                .map(label -> new Guess(
                        names.get(label),
                        Figures.shortPercent(answers.probability(image, label)),
                        String.format(Locale.ROOT, "%.1f", 100 * answers.probability(image, label)),
                        label == answers.label(image)))
                .toList();
        return new Mistake(
                DataUri.ofImage(answers.images(), image),
                names.get(answers.label(image)),
                names.get(answers.predicted(image)),
                guesses);
    }

    private static @Nullable Filters filters(TrainedFolder trained, LabelledImages images) {
        List<FilterPictures.Filter> all =
                FilterPictures.of(trained.model().archive(), trained.model().input(), images.image(0));
        return all.isEmpty()
                ? null
                : new Filters(DataUri.ofImage(images, 0), images.classNames().get(images.label(0)), all);
    }
}

package dev.hemline.benchmarks.network;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;
import static java.util.Comparator.comparingDouble;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.MatrixProduct;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Spread;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param parameters numbers that training changes
 * @param operations multiplications and additions per image, each counted as one
 * @param machine one of its processors was used
 * @param secondsPerTurn of calls that count
 * @param peak what there is to be had
 * @param rows one for each contender and batch size
 * @param ratios Hemline to each of the others with the same batch size, and then each with its best
 */
record InferenceReport(
        String network,
        long parameters,
        long operations,
        @JsonUnwrapped Machine machine,
        int rounds,
        double secondsPerTurn,
        Peak peak,
        List<Row> rows,
        List<Speed.Ratio> ratios)
        implements Report.Charted {
    /**
     * A contender with one batch size.
     *
     * @param agreement of its answers with those of the first contender
     * @param shareOfPeak operations a second as a share of the peak's median
     */
    record Row(String contender, int batch, Agreement agreement, Speed speed, double shareOfPeak) {
        private double median() {
            return speed.imagesPerSecond().median();
        }
    }

    /**
     * What one core of this machine came to with nothing but products of large float32 matrices.
     *
     * @param library the one that was fastest
     * @param billions of operations a second
     */
    record Peak(String library, Spread billions) {
        private static final double BILLION = 1e9;

        /** @param speeds products a second, in the order of the products */
        static Peak of(List<MatrixProduct> products, Iterator<Speed> speeds) {
            return products.stream()
                    .map(product -> new Peak(
                            product.library(),
                            Spread.of(
                                    speeds.next().turns(),
                                    perSecond -> perSecond * MatrixProduct.OPERATIONS / BILLION)))
                    .max(comparingDouble(peak -> peak.billions().median()))
                    .orElseThrow();
        }

        /** That many operations a second as a share of this. */
        double share(double operationsPerSecond) {
            return operationsPerSecond / BILLION / billions.median();
        }
    }

    /** Hemline beside each of the others, in float32 and then in bfloat16. */
    static List<Speed.Ratio> ratios(List<Row> rows) {
        return Stream.concat(
                        ratios(Lineup.HEMLINE, without(rows, Lineup.HEMLINE_BFLOAT16)),
                        ratios(Lineup.HEMLINE_BFLOAT16, rows))
                .toList();
    }

    /** With each batch size, and then each with the one that suits it best. */
    private static Stream<Speed.Ratio> ratios(String ours, List<Row> rows) {
        List<Row> others = without(rows, ours);
        Stream<Speed.Ratio> alike = rows.stream()
                .filter(row -> row.contender().equals(ours))
                .flatMap(row -> others.stream()
                        .filter(other -> other.batch() == row.batch())
                        .map(other -> row.speed().ratioTo(other.speed())));
        Row our = Objects.requireNonNull(best(rows).get(ours));
        Stream<Speed.Ratio> best = best(others).values().stream()
                .filter(other -> other.batch() != our.batch())
                .map(other -> our.speed().ratioTo(other.speed()));
        return Stream.concat(alike, best);
    }

    private static List<Row> without(List<Row> rows, String contender) {
        return rows.stream().filter(row -> !row.contender().equals(contender)).toList();
    }

    /** Each contender's with the batch size that suits it best. */
    private static Map<String, Row> best(List<Row> rows) {
        Map<String, Row> best = new LinkedHashMap<>();
        rows.forEach(row ->
                best.merge(row.contender(), row, (some, other) -> other.median() > some.median() ? other : some));
        return best;
    }

    @Override
    public List<String> table() {
        return new Lines()
                .say(
                        "Network %s, %,d parameters, %.1f million operations an image; one thread; with the same weights all answer alike.",
                        network, parameters, operations / 1e6)
                .say(
                        "The peak, products of %1$d x %1$d float32 matrices by %2$s: %3$s billion operations a second.",
                        MatrixProduct.SIDE, peak.library(), peak.billions().text(0))
                .gap()
                .table(
                        rows,
                        left("", 20, Row::contender),
                        right("batch", 5, Row::batch),
                        right(
                                "images per second",
                                30,
                                row -> row.speed().imagesPerSecond().text(0)),
                        right("of the peak", 10, row -> Lines.text("%.0f %%", row.shareOfPeak() * 100)))
                .gap()
                .say("Times as fast, median of the rounds (lowest to highest)")
                .table(
                        ratios,
                        left("", 27, Speed.Ratio::name),
                        left("", 2, ratio -> "to"),
                        left("", 28, Speed.Ratio::to),
                        right("", 20, ratio -> ratio.times().text(2)))
                .on(machine);
    }

    @Override
    public Bars bars() {
        return Bars.of(
                "Inference, " + network,
                "images a second on one core, with the batch size that suits each best",
                0,
                best(rows).values(),
                row -> row.contender() + ", " + row.batch(),
                row -> row.speed().imagesPerSecond());
    }
}

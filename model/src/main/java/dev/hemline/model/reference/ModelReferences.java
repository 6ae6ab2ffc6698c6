package dev.hemline.model.reference;

import dev.hemline.event.ClassQuantiles;
import dev.hemline.event.ModelReference;
import dev.hemline.event.ReferenceCell;
import dev.hemline.model.serving.Probabilities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Makes a {@link ModelReference} of answers whose true classes are known. */
public final class ModelReferences {
    /** 0, 5, 10 to 100 per cent. */
    public static final int QUANTILES = 21;

    /** With more classes, a quantile of each one's probability in each one's images would outweigh the model. */
    private static final int MOST_CLASSES_WITH_QUANTILES = 32;

    private ModelReferences() {}

    /**
     * What these answers were like.
     *
     * @param probabilities by image, then class; not empty
     * @param labels the true class of each image
     * @throws IllegalArgumentException if there is no image, or not as many labels
     */
    public static ModelReference of(float[][] probabilities, int[] labels) {
        if (probabilities.length == 0 || probabilities.length != labels.length) {
            throw new IllegalArgumentException(
                    "A reference of " + probabilities.length + " answers and " + labels.length + " labels");
        }
        int classes = probabilities[0].length;
        int groups = LogProbabilities.groups(classes);
        double[][] logs = Arrays.stream(probabilities).map(LogProbabilities::of).toArray(double[][]::new);
        int[] predicted = Arrays.stream(probabilities)
                .mapToInt(row -> LogProbabilities.group(Probabilities.mostLikely(row), classes))
                .toArray();
        int[] actual = Arrays.stream(labels)
                .map(label -> LogProbabilities.group(label, classes))
                .toArray();
        return new ModelReference(
                labels.length,
                cells(groups, actual, predicted, logs),
                covariance(groups, predicted, logs),
                classes > MOST_CLASSES_WITH_QUANTILES ? List.of() : quantiles(classes, probabilities, labels),
                confidenceThreshold(probabilities, labels));
    }

    private static List<ReferenceCell> cells(int groups, int[] actual, int[] predicted, double[][] logs) {
        List<ReferenceCell> cells = new ArrayList<>();
        for (int a = 0; a < groups; a++) {
            for (int p = 0; p < groups; p++) {
                int ofActual = a;
                int ofPredicted = p;
                int[] images = IntStream.range(0, logs.length)
                        .filter(i -> actual[i] == ofActual && predicted[i] == ofPredicted)
                        .toArray();
                if (images.length > 0) {
                    cells.add(new ReferenceCell(a, p, images.length, floats(mean(groups, images, logs))));
                }
            }
        }
        return cells;
    }

    /** Of what is left when each predicted group's mean is taken away: row after row. */
    private static List<Float> covariance(int groups, int[] predicted, double[][] logs) {
        double[][] means = new double[groups][];
        for (int p = 0; p < groups; p++) {
            int group = p;
            means[p] = mean(
                    groups,
                    IntStream.range(0, logs.length)
                            .filter(i -> predicted[i] == group)
                            .toArray(),
                    logs);
        }
        double[] sum = new double[groups * groups];
        for (int i = 0; i < logs.length; i++) {
            double[] mean = means[predicted[i]];
            for (int row = 0; row < groups; row++) {
                for (int column = 0; column < groups; column++) {
                    sum[row * groups + column] += (logs[i][row] - mean[row]) * (logs[i][column] - mean[column]);
                }
            }
        }
        return floats(Arrays.stream(sum).map(value -> value / logs.length).toArray());
    }

    private static double[] mean(int groups, int[] images, double[][] logs) {
        double[] mean = new double[groups];
        for (int image : images) {
            for (int group = 0; group < groups; group++) {
                mean[group] += logs[image][group] / images.length;
            }
        }
        return mean;
    }

    private static List<ClassQuantiles> quantiles(int classes, float[][] probabilities, int[] labels) {
        List<ClassQuantiles> all = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int actual = label;
            int[] images = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == actual)
                    .toArray();
            if (images.length > 0) {
                all.add(new ClassQuantiles(
                        label,
                        quantiles(images, image -> confidence(probabilities[image])),
                        IntStream.range(0, classes)
                                .mapToObj(of -> quantiles(images, image -> probabilities[image][of]))
                                .toList()));
            }
        }
        return all;
    }

    private static List<Float> quantiles(int[] images, IntToDoubleFunction number) {
        double[] sorted = Arrays.stream(images).mapToDouble(number).sorted().toArray();
        return IntStream.range(0, QUANTILES)
                .mapToObj(i -> (float) sorted[Math.round((sorted.length - 1) * i / (float) (QUANTILES - 1))])
                .toList();
    }

    /** So many answers are at least that confident as are right. */
    private static float confidenceThreshold(float[][] probabilities, int[] labels) {
        double[] confidences = Arrays.stream(probabilities)
                .mapToDouble(ModelReferences::confidence)
                .sorted()
                .toArray();
        long wrong = IntStream.range(0, labels.length)
                .filter(i -> Probabilities.mostLikely(probabilities[i]) != labels[i])
                .count();
        return (float) confidences[(int) Math.min(wrong, labels.length - 1)];
    }

    private static double confidence(float[] probabilities) {
        return probabilities[Probabilities.mostLikely(probabilities)];
    }

    private static List<Float> floats(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(number -> (float) number).toList();
    }
}

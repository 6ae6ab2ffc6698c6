package dev.hemline.insight.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often images of one class were taken for another.
 *
 * @param classes names in the order of their labels
 * @param counts how many images of the first class were taken for the second
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
public record ConfusionMatrix(List<String> classes, int[][] counts) {
    /** Counts a model's answers. */
    public static ConfusionMatrix of(Answers answers) {
        List<String> classes = answers.images().classNames();
        int[][] counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < answers.size(); i++) {
            counts[answers.label(i)][answers.predicted(i)]++;
        }
        return new ConfusionMatrix(classes, counts);
    }

    /** How many images of class {@code actual} were taken for {@code predicted}. */
    public int count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /**
     * How good a model is on one class.
     *
     * @param name of the class
     * @param images how many there were
     * @param precision of those taken for this class, the share that was; 0 where none was taken for it
     * @param recall of those of this class, the share that was found; 0 where there was none
     */
    public record ClassFigures(String name, int images, double precision, double recall) {
        /** Harmonic mean of precision and recall. */
        @JsonProperty
        public double f1() {
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
    }

    /** The figures of every class, in the order of labels. */
    public List<ClassFigures> figures() {
        return IntStream.range(0, classes.size()).mapToObj(this::figures).toList();
    }

    private ClassFigures figures(int label) {
        int actual = 0;
        int predicted = 0;
        for (int other = 0; other < classes.size(); other++) {
            actual += counts[label][other];
            predicted += counts[other][label];
        }
        int both = counts[label][label];
        return new ClassFigures(
                classes.get(label),
                actual,
                predicted == 0 ? 0 : both / (double) predicted,
                actual == 0 ? 0 : both / (double) actual);
    }
}

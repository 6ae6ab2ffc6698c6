package dev.hemline.insight.predict;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.service.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a model says about one picture; by these names in JSON too.
 *
 * @param label the most likely class
 * @param confidence how likely it is, 0 to 1
 * @param top the three most likely classes, the likeliest first; fewer where the model knows fewer
 * @param probabilities of all classes in the order of labels
 */
record Prediction(
        String file,
        int label,
        String labelName,
        double confidence,
        List<Guess> top,
        List<Float> probabilities,
        String model) {
    private static final int TOP = 3;
    private static final int BAR = 20;

    /** One class and how likely it is, 0 to 1. */
    record Guess(int label, String labelName, double probability) {}

    /** @param probabilities one a label */
    static Prediction of(ChosenModel model, String file, float[] probabilities) {
        List<Float> all = IntStream.range(0, probabilities.length)
                .mapToObj(label -> probabilities[label])
                .toList();
        List<Guess> top = IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Guess(label, model.labels().get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Guess::probability).reversed())
                .limit(TOP)
                .toList();
        Guess first = top.get(0);
        return new Prediction(file, first.label(), first.labelName(), first.probability(), top, all, model.title());
    }

    /** For people: the picture's name and the most likely classes, each with a bar of up to twenty blocks. */
    String text() {
        StringBuilder lines = new StringBuilder(Texts.printable(file));
        for (Guess guess : top) {
            lines.append(String.format(
                            Locale.ROOT,
                            "%n  %-14s %5.1f %%  %s",
                            guess.labelName(),
                            100 * guess.probability(),
                            "█".repeat((int) Math.round(BAR * guess.probability())))
                    .stripTrailing());
        }
        return lines.toString();
    }
}

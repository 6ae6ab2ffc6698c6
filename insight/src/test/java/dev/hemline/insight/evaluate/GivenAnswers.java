package dev.hemline.insight.evaluate;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.ArrayList;
import java.util.List;

/** Answers made up one by one; the images are black. */
final class GivenAnswers {
    private static final int CLASSES = 10;

    private final List<Byte> labels = new ArrayList<>();
    private final List<float[]> rows = new ArrayList<>();

    /** @param confidence given to {@code predicted}; the rest is spread evenly */
    GivenAnswers add(int label, int predicted, double confidence) {
        float[] row = new float[CLASSES];
        java.util.Arrays.fill(row, (float) ((1 - confidence) / (CLASSES - 1)));
        row[predicted] = (float) confidence;
        labels.add((byte) label);
        rows.add(row);
        return this;
    }

    Answers answers() {
        byte[] all = new byte[labels.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = labels.get(i);
        }
        return new Answers(LabelledImages.of(new byte[all.length * 784], all), rows.toArray(new float[0][]));
    }
}

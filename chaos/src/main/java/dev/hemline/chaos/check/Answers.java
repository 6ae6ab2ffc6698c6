package dev.hemline.chaos.check;

import dev.hemline.event.Classification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Results in few bytes each, by the model that they name. */
final class Answers {
    /** A version, and the SHA-256 of its archive as far as results tell it. */
    record Model(int version, String sha256) implements Comparable<Model> {
        private static final Comparator<Model> ORDER =
                Comparator.comparingInt(Model::version).thenComparing(Model::sha256);

        @Override
        public int compareTo(Model other) {
            return ORDER.compare(this, other);
        }
    }

    /** One result: the number of the picture, the class it gave, and what it gave to each. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    record Answer(int picture, int label, String labelName, float[] probabilities) {}

    private final SortedMap<Model, List<Answer>> byModel = new TreeMap<>();

    void add(int picture, Classification result) {
        float[] probabilities = new float[result.getProbabilities().size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = result.getProbabilities().get(i);
        }
        byModel.computeIfAbsent(
                        new Model(result.getModelVersion(), result.getModelSha256()), first -> new ArrayList<>())
                .add(new Answer(
                        picture, result.getLabel(), result.getLabelName().intern(), probabilities));
    }

    SortedMap<Model, List<Answer>> byModel() {
        return byModel;
    }
}

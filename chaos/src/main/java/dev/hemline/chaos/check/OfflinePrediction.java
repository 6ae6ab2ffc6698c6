package dev.hemline.chaos.check;

import dev.hemline.event.Classification;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks the model that results name about the same pictures again, and compares. */
final class OfflinePrediction {
    private static final float TOLERANCE = 1e-4f;
    private static final int BATCH = 128;
    private static final int PIXELS = 28 * 28;

    private static final Comparator<Model> BY_VERSION =
            Comparator.comparingInt(Model::version).thenComparing(Model::sha256);

    private final PublishedModels models;
    private final WrongOutcomes wrong;
    private final SortedMap<Model, List<Answer>> answers = new TreeMap<>(BY_VERSION);
    private long compared;

    OfflinePrediction(PublishedModels models, WrongOutcomes wrong) {
        this.models = models;
        this.wrong = wrong;
    }

    /** A version, and the SHA-256 of its archive as far as results tell it. */
    private record Model(int version, String sha256) {}

    /** One result in few bytes: the picture, the class it gave, and what it gave to each. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Answer(ByteBuffer picture, int label, String labelName, float[] probabilities) {}

    /** Keeps a result for {@link #compare}. */
    void add(ByteBuffer picture, Classification result) {
        float[] probabilities = new float[result.getProbabilities().size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = result.getProbabilities().get(i);
        }
        answers.computeIfAbsent(
                        new Model(result.getModelVersion(), result.getModelSha256()), first -> new ArrayList<>())
                .add(new Answer(
                        picture, result.getLabel(), result.getLabelName().intern(), probabilities));
    }

    /** @return how many results were asked again */
    long compare() {
        answers.forEach(this::compare);
        return compared;
    }

    private void compare(Model model, List<Answer> answers) {
        String version = "v" + model.version();
        Optional<ModelManifest> manifest = models.manifest(model.version(), model.sha256());
        Optional<byte[]> archive = manifest.flatMap(models::archive);
        if (manifest.isEmpty() || archive.isEmpty()) {
            wrong.add(WrongOutcomes.Kind.UNKNOWN_VERSION, answers.size(), version);
            return;
        }
        int labels = manifest.get().getLabels().size();
        try (var classifier = ArchiveClassifier.open(
                archive.get(), manifest.get().getInput(), manifest.get().getOutput(), labels)) {
            for (int start = 0; start < answers.size(); start += BATCH) {
                compare(classifier, model.version(), answers.subList(start, Math.min(start + BATCH, answers.size())));
            }
        } catch (ModelRefusedException e) {
            wrong.add(WrongOutcomes.Kind.UNKNOWN_VERSION, answers.size(), version + ": " + e.getMessage());
        }
    }

    private void compare(ArchiveClassifier classifier, int version, List<Answer> answers) {
        ByteBuffer batch = ByteBuffer.allocateDirect(answers.size() * PIXELS);
        answers.forEach(answer -> batch.put(answer.picture().duplicate()));
        float[][] expected = classifier.classify(batch.flip(), answers.size());
        for (int i = 0; i < expected.length; i++) {
            if (!agrees(version, answers.get(i), expected[i])) {
                wrong.add(WrongOutcomes.Kind.OTHER_ANSWER, 1, "v" + version);
            }
        }
        compared += answers.size();
    }

    private boolean agrees(int version, Answer answer, float[] expected) {
        if (answer.probabilities().length != expected.length
                || !models.named(version, answer.label(), answer.labelName())) {
            return false;
        }
        float highest = 0;
        for (int label = 0; label < expected.length; label++) {
            highest = Math.max(highest, answer.probabilities()[label]);
            // Written so that NaN does not agree.
            if (!(Math.abs(answer.probabilities()[label] - expected[label]) <= TOLERANCE)) {
                return false;
            }
        }
        return answer.probabilities()[answer.label()] == highest;
    }
}

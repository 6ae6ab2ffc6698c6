package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Teacher;
import dev.hemline.trainer.training.Temperature;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trained networks that answer as one, with the mean of their probabilities. Owns them; answers to one thread at a time. */
final class Teachers implements Teacher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teachers.class);

    private final List<Member> members = new ArrayList<>();

    private Teachers() {}

    /** One of them. It teaches at the temperature at which it learnt, which what it serves does not show any more. */
    private record Member(LoadedModel model, ImageClassifier classifier, Temperature temperature)
            implements AutoCloseable {
        static Member of(LoadedModel model, Temperature temperature) {
            try {
                return new Member(model, model.newClassifier(), temperature);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }

        float[][] answer(ByteBuffer pixels, int n) {
            float[][] answers = classifier.classify(pixels, n);
            Arrays.setAll(answers, image -> temperature.takenBack(answers[image]));
            return answers;
        }

        @Override
        public void close() {
            try (model) {
                classifier.close();
            }
        }
    }

    /**
     * Those of a training, which compute with what it computes with.
     *
     * @throws UserError if one is refused
     */
    static Teachers open(TrainingOptions training) {
        return open(
                training.recipe.teachers, new DjlModelLoader(training.recipe().precision()));
    }

    /**
     * Loads models; of no models come teachers who leave everything to the labels.
     *
     * @param chosen described by manifests
     * @throws UserError if one is refused
     */
    static Teachers open(List<ChosenModel> chosen, ModelLoader loader) {
        Teachers teachers = new Teachers();
        try {
            for (ChosenModel model : chosen) {
                teachers.members.add(load(model, loader));
                LOG.info("Taught by {}", model.title());
            }
            return teachers;
        } catch (RuntimeException | Error e) {
            teachers.close();
            throw e;
        }
    }

    @Override
    public float[][] answer(ByteBuffer pixels, int n) {
        if (members.isEmpty()) {
            return NONE.answer(pixels, n);
        }
        float[][] mean = members.get(0).answer(pixels, n);
        for (int asked = 1; asked < members.size(); asked++) {
            moveTowards(members.get(asked).answer(pixels, n), 1f / (asked + 1), mean);
        }
        return mean;
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    private static void moveTowards(float[][] others, float share, float[][] mean) {
        for (int row = 0; row < mean.length; row++) {
            for (int label = 0; label < mean[row].length; label++) {
                mean[row][label] += share * (others[row][label] - mean[row][label]);
            }
        }
    }

    private static Member load(ChosenModel chosen, ModelLoader loader) {
        ModelManifest manifest = chosen.manifest().orElseThrow();
        Temperature temperature = temperature(chosen, manifest);
        try {
            return Member.of(loader.load(manifest, chosen.archive()), temperature);
        } catch (ModelRefusedException e) {
            throw cannotTeach(chosen, e.reason().code(), e);
        }
    }

    private static Temperature temperature(ChosenModel chosen, ModelManifest manifest) {
        try {
            return Temperature.of(manifest.getTraining()).orElse(Temperature.NONE);
        } catch (IllegalArgumentException e) {
            throw cannotTeach(chosen, "its manifest", e);
        }
    }

    private static UserError cannotTeach(ChosenModel chosen, String reason, Exception e) {
        return new UserError("--teacher " + chosen.title() + " cannot teach (" + reason + "): " + e.getMessage(), e);
    }
}

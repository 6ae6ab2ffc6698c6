package dev.hemline.trainer;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Teacher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trained networks that answer as one, with the mean of their probabilities. Owns them; answers to one thread at a time. */
final class Teachers implements Teacher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teachers.class);

    private final List<LoadedModel> models = new ArrayList<>();
    private final List<ImageClassifier> classifiers = new ArrayList<>();

    private Teachers() {}

    /**
     * Those of a training, which compute with what it computes with.
     *
     * @throws UserError if one is refused
     */
    static Teachers open(TrainingSettings settings) {
        return open(settings.teachers(), new DjlModelLoader(settings.recipe().precision()));
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
                teachers.add(load(model, loader));
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
        if (classifiers.isEmpty()) {
            return NONE.answer(pixels, n);
        }
        float[][] mean = classifiers.get(0).classify(pixels, n);
        for (int asked = 1; asked < classifiers.size(); asked++) {
            moveTowards(classifiers.get(asked).classify(pixels, n), 1f / (asked + 1), mean);
        }
        return mean;
    }

    @Override
    public void close() {
        classifiers.forEach(ImageClassifier::close);
        models.forEach(LoadedModel::close);
    }

    private void add(LoadedModel model) {
        models.add(model);
        classifiers.add(model.newClassifier());
    }

    private static void moveTowards(float[][] others, float share, float[][] mean) {
        for (int row = 0; row < mean.length; row++) {
            for (int label = 0; label < mean[row].length; label++) {
                mean[row][label] += share * (others[row][label] - mean[row][label]);
            }
        }
    }

    private static LoadedModel load(ChosenModel model, ModelLoader loader) {
        try {
            return loader.load(model.manifest().orElseThrow(), model.archive());
        } catch (ModelRefusedException e) {
            throw new UserError(
                    "--teacher " + model.title() + " cannot teach ("
                            + e.reason().code() + "): " + e.getMessage(),
                    e);
        }
    }
}

package dev.hemline.model.serving;

import ai.djl.engine.EngineException;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A few images with a model's answers: made where the model is made, replayed wherever it is to serve. */
public final class GoldenBatches {

    /** Other processors round otherwise, by about 1e-6; a model that differs by more than this is another model. */
    public static final float TOLERANCE = 1e-3f;

    private GoldenBatches() {}

    /**
     * Asks a classifier about some images and writes the answers down.
     *
     * @param input what the classifier takes
     * @param images raw pixels, channels × height × width bytes each, at least one image
     * @throws ModelRefusedException if the network does not take the images, gives NaN, or gives more or fewer numbers
     *     than there are labels
     */
    public static GoldenBatch record(ImageClassifier classifier, ModelInput input, List<byte[]> images)
            throws ModelRefusedException {
        List<ByteBuffer> pixels = images.stream().map(ByteBuffer::wrap).toList();
        List<List<Float>> answers = new ArrayList<>();
        for (float[] row : answers(classifier, input, pixels)) {
            answers.add(asList(row));
        }
        return new GoldenBatch(pixels, answers, TOLERANCE);
    }

    /**
     * Asks again, all at once and one alone, and compares: a network may know a single batch size only.
     *
     * @param tolerance how far probabilities may be off
     */
    static void replay(GoldenBatch golden, ModelInput input, ImageClassifier classifier, float tolerance)
            throws ModelRefusedException {
        compare(golden, answers(classifier, input, golden.getImages()), tolerance);
        compare(golden, answers(classifier, input, golden.getImages().subList(0, 1)), tolerance);
    }

    private static void compare(GoldenBatch golden, float[][] answers, float tolerance) throws ModelRefusedException {
        for (int image = 0; image < answers.length; image++) {
            List<Float> expected = golden.getProbabilities().get(image);
            for (int label = 0; label < expected.size(); label++) {
                float difference = Math.abs(answers[image][label] - expected.get(label));
                // Written so that NaN in the manifest fails too.
                if (!(difference <= tolerance)) {
                    throw new ModelRefusedException(
                            Reason.GOLDEN_BATCH,
                            "golden image %d gives %.6f for label %d where the manifest says %.6f, off by more than %.6f"
                                    .formatted(image, answers[image][label], label, expected.get(label), tolerance));
                }
            }
        }
    }

    private static float[][] answers(ImageClassifier classifier, ModelInput input, List<ByteBuffer> images)
            throws ModelRefusedException {
        float[][] answers = ask(classifier, input, images);
        for (int image = 0; image < answers.length; image++) {
            if (!Probabilities.areFinite(answers[image])) {
                throw new ModelRefusedException(
                        Reason.NOT_FINITE, "the network gives NaN or infinity for golden image " + image);
            }
        }
        return answers;
    }

    private static float[][] ask(ImageClassifier classifier, ModelInput input, List<ByteBuffer> images)
            throws ModelRefusedException {
        try {
            return classifier.classify(joined(images), images.size());
        } catch (DjlClassifier.UnexpectedOutputException e) {
            throw new ModelRefusedException(Reason.LABELS, "outputs and labels do not match: " + e.getMessage(), e);
        } catch (EngineException e) {
            throw new ModelRefusedException(
                    Reason.INPUT_SHAPE,
                    "the network does not take %d x %d x %d images: %s"
                            .formatted(input.getChannels(), input.getHeight(), input.getWidth(), DjlModel.sentence(e)),
                    e);
        }
    }

    private static ByteBuffer joined(List<ByteBuffer> images) {
        ByteBuffer joined = ByteBuffer.allocate(
                images.stream().mapToInt(ByteBuffer::remaining).sum());
        images.forEach(image -> joined.put(image.duplicate()));
        return joined.flip();
    }

    private static List<Float> asList(float[] row) {
        List<Float> list = new ArrayList<>();
        for (float value : row) {
            list.add(value);
        }
        return list;
    }
}

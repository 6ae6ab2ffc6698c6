package dev.hemline.model.serving;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Runs a model's batches through libtorch. It calls the block itself: a Predictor adds translators and managers to every
 * call, which small batches feel.
 */
final class DjlClassifier implements ImageClassifier {
    private final Model model;
    private final PixelScaling scaling;
    private final ModelOutput output;
    private final int labels;
    private final Shape image;
    private final NDManager manager;
    private final ParameterStore parameters;

    /** A network answered with more or fewer numbers than there are labels. */
    static final class UnexpectedOutputException extends RuntimeException {
        UnexpectedOutputException(String message) {
            super(message);
        }
    }

    /**
     * @param output what the network's numbers are
     * @param labels how many it gives per image
     */
    DjlClassifier(Model model, ModelInput input, ModelOutput output, int labels) {
        this.model = model;
        this.scaling = new PixelScaling(input);
        this.image = new Shape(input.getChannels(), input.getHeight(), input.getWidth());
        this.output = output;
        this.labels = labels;
        this.manager = model.getNDManager().newSubManager();
        this.parameters = new ParameterStore(manager, false);
    }

    @Override
    public float[][] classify(ByteBuffer pixels, int n) {
        if (n < 1 || pixels.remaining() < (long) n * scaling.imageSize()) {
            throw new IllegalArgumentException(n + " images of " + scaling.imageSize() + " bytes asked for, "
                    + pixels.remaining() + " bytes given");
        }
        try (NDManager batch = manager.newSubManager()) {
            // libtorch reads the buffer in place, so it is written again only after this call.
            NDArray input = batch.create(scaling.scaled(pixels, n), new Shape(n).addAll(image), DataType.FLOAT32);
            NDArray answer = model.getBlock()
                    .forward(parameters, new NDList(input), false)
                    .singletonOrThrow();
            return probabilities(numbers(answer, n), n);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private float[] numbers(NDArray answer, int n) {
        Shape expected = new Shape(n, labels);
        if (!answer.getShape().equals(expected)) {
            throw new UnexpectedOutputException(
                    "the network gives " + answer.getShape() + " for " + n + " images and " + labels + " labels");
        }
        return answer.toFloatArray();
    }

    /** Rows of probabilities from n × labels numbers. */
    private float[][] probabilities(float[] numbers, int n) {
        float[][] rows = new float[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = output == ModelOutput.LOGITS
                    ? Probabilities.softmax(numbers, i * labels, labels)
                    : Arrays.copyOfRange(numbers, i * labels, (i + 1) * labels);
        }
        return rows;
    }
}

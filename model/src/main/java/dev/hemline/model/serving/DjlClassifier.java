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
            return probabilities(numbers(model.getBlock().forward(parameters, new NDList(input), false), n), n);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private float[] numbers(NDList answers, int n) {
        if (answers.size() != 1) {
            String first = answers.isEmpty() || answers.get(0).getName() == null
                    ? "0"
                    : '"' + answers.get(0).getName() + '"';
            throw new UnexpectedOutputException("the network gives " + answers.size()
                    + " tensors, a tuple, list or dict; save it so that it gives the first alone: f = model.forward;"
                    + " model.forward = lambda x: f(x)[" + first
                    + "]; torch.jit.trace(model.eval(), torch.rand"
                    + new Shape(1).addAll(image)
                    + ").save(\"model.pt\")");
        }
        NDArray answer = answers.get(0);
        Shape expected = new Shape(n, labels);
        if (!answer.getShape().equals(expected)) {
            throw new UnexpectedOutputException("the network gives " + answer.getShape() + " for " + n + " images and "
                    + labels + " labels" + advice(answer.getShape()));
        }
        if (answer.getDataType() != DataType.FLOAT32 && answer.getDataType() != DataType.FLOAT16) {
            // DJL calls a type that it does not know, bfloat16, "unknown".
            throw new UnexpectedOutputException("the network gives numbers of type " + answer.getDataType()
                    + " where float32 is asked for; save it by torch.jit.script(model.float().eval()).save(\"model.pt\"),"
                    + " and have it end in .float() if it still does");
        }
        return answer.toFloatArray();
    }

    private String advice(Shape answer) {
        if (answer.dimension() > 2) {
            return "; a classifier gives a row of numbers per image, this network gives pictures or feature maps";
        }
        if (answer.dimension() < 2) {
            return "; a classifier gives a row of numbers per image, one per class: export it without argmax or [:, 0]";
        }
        return answer.get(1) == 1
                ? "; for two classes have it give both: torch.cat([-y, y], 1) of logits, torch.cat([1 - y, y], 1) of"
                        + " probabilities"
                : "; it needs " + answer.get(1) + " labels, in the order of its outputs";
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

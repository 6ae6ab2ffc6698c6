package dev.hemline.benchmarks.peer;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import dev.hemline.event.ModelInput;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.PixelScaling;
import java.nio.ByteBuffer;

/** Classifies with a network in DJL's own blocks. Owns them. */
public final class DjlBlocksClassifier implements ImageClassifier {
    private final Network network;
    private final Model model;
    private final PixelScaling scaling;
    private final NDManager manager;
    private final ParameterStore parameters;

    private DjlBlocksClassifier(Network network, Model model, ModelInput input) {
        this.network = network;
        this.model = model;
        this.scaling = new PixelScaling(input);
        this.manager = model.getNDManager().newSubManager();
        this.parameters = new ParameterStore(manager, false);
    }

    /**
     * Builds the blocks.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static DjlBlocksClassifier open(Network network, Weights weights, ModelInput input) {
        Model model = DjlBlocks.model(network, weights);
        // Nothing is learnt here, so nothing needs to be remembered for gradients.
        model.getBlock().freezeParameters(true);
        return new DjlBlocksClassifier(network, model, input);
    }

    /** Count of the numbers that training changes. */
    public long parameters() {
        return DjlBlocks.parameters(model.getBlock());
    }

    @Override
    public float[][] classify(ByteBuffer images, int n) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray input = batch.create(scaling.scaled(images, n), DjlBlocks.shape(network, n), DataType.FLOAT32);
            NDArray logits = model.getBlock()
                    .forward(parameters, new NDList(input), false)
                    .singletonOrThrow();
            return rows(logits.softmax(1).toFloatArray(), n);
        }
    }

    private static float[][] rows(float[] numbers, int n) {
        int labels = numbers.length / n;
        float[][] rows = new float[n][labels];
        for (int i = 0; i < n; i++) {
            System.arraycopy(numbers, i * labels, rows[i], 0, labels);
        }
        return rows;
    }

    @Override
    public void close() {
        model.close();
    }
}

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
import java.util.Arrays;
import java.util.stream.IntStream;

/** Classifies with a network in DJL's own blocks. Owns them. */
public final class DjlBlocksClassifier implements ImageClassifier {
    private final Network network;
    private final Model model;
    private final long parameters;
    private final PixelScaling scaling;
    private final NDManager manager;
    private final ParameterStore store;

    private DjlBlocksClassifier(Network network, Model model, ModelInput input) {
        this.network = network;
        this.model = model;
        this.scaling = new PixelScaling(input);
        this.manager = model.getNDManager().newSubManager();
        this.store = new ParameterStore(manager, false);
        this.parameters = DjlBlocks.parameters(model.getBlock());
        // Nothing is learnt here, so nothing needs to be remembered for gradients.
        model.getBlock().freezeParameters(true);
    }

    /**
     * Builds the blocks.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static DjlBlocksClassifier open(Network network, Weights weights, ModelInput input) {
        return new DjlBlocksClassifier(network, DjlBlocks.model(network, weights), input);
    }

    /** Count of the numbers that training changes. */
    public long parameters() {
        return parameters;
    }

    @Override
    public float[][] classify(ByteBuffer images, int n) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray input = batch.create(scaling.scaled(images, n), DjlBlocks.shape(network, n), DataType.FLOAT32);
            NDArray logits =
                    model.getBlock().forward(store, new NDList(input), false).singletonOrThrow();
            float[] numbers = logits.softmax(1).toFloatArray();
            int labels = numbers.length / n;
            return IntStream.range(0, n)
                    .mapToObj(i -> Arrays.copyOfRange(numbers, i * labels, (i + 1) * labels))
                    .toArray(float[][]::new);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}

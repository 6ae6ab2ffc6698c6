package dev.hemline.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hemline.event.ModelInput;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.PixelScaling;
import java.nio.ByteBuffer;

/** Classifies with ONNX Runtime. */
public final class OnnxClassifier implements ImageClassifier {
    private final Network network;
    private final PixelScaling scaling;
    private final OnnxSession session;

    private OnnxClassifier(Network network, OnnxSession session, ModelInput input) {
        this.network = network;
        this.scaling = new PixelScaling(input);
        this.session = session;
    }

    /**
     * Writes the network down with batch norm folded, as Hemline serves it, and opens that.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static OnnxClassifier open(Network network, Weights weights, ModelInput input) {
        byte[] file = OnnxModel.classifier(BatchNormFolding.fold(network, weights));
        return new OnnxClassifier(network, OnnxSession.open(file), input);
    }

    @Override
    public float[][] classify(ByteBuffer images, int n) {
        long[] shape = DjlBlocks.shape(network, n).getShape();
        try (OnnxTensor input = session.tensor(scaling.scaled(images, n).asFloatBuffer(), shape);
                OrtSession.Result result = session.run(input)) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime gives no answer", e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}

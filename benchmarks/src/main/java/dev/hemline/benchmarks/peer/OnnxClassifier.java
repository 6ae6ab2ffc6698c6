package dev.hemline.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.hemline.event.ModelInput;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Classifies with ONNX Runtime, one thread, every optimization of its own. */
public final class OnnxClassifier implements ImageClassifier {
    /** Building a session needs more than the megabyte that a Java thread has: in 1.29 it ends the process otherwise. */
    private static final long ROOMY_STACK = 64L << 20;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Network network;
    private final ScaledPixels pixels;
    private final SessionOptions options;
    private final OrtSession session;

    private OnnxClassifier(Network network, byte[] file, ModelInput input) throws OrtException {
        this.network = network;
        this.pixels = new ScaledPixels(input);
        this.options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        this.session = environment.createSession(file, options);
    }

    /**
     * Writes the network down with batch norm folded, as Hemline serves it, and opens that.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static OnnxClassifier open(Network network, Weights weights, ModelInput input) {
        BatchNormFolding.Folded folded = BatchNormFolding.fold(network, weights);
        byte[] file = OnnxFile.of(folded.network(), folded.weights());
        var opening = new FutureTask<>(() -> new OnnxClassifier(network, file, input));
        new Thread(null, opening, "onnxruntime-session", ROOMY_STACK).start();
        try {
            return opening.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime does not load a file of ours", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime loads a file", e);
        }
    }

    @Override
    public float[][] classify(ByteBuffer images, int n) {
        long[] shape = DjlBlocks.shape(network, n).getShape();
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, pixels.of(images, n).asFloatBuffer(), shape);
                OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, input))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not close", e);
        }
        options.close();
    }
}

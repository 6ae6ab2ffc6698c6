package dev.hemline.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A file of {@link OnnxModel} in ONNX Runtime: one thread, every optimization of its own. */
final class OnnxSession implements AutoCloseable {
    /** Building a session needs more than the megabyte that a Java thread has: in 1.29 it ends the process otherwise. */
    private static final long ROOMY_STACK = 64L << 20;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxSession(byte[] file) throws OrtException {
        try (var options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            this.session = environment.createSession(file, options);
        }
    }

    static OnnxSession open(byte[] file) {
        var opening = new FutureTask<>(() -> new OnnxSession(file));
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

    /** The caller's to close. */
    OnnxTensor tensor(FloatBuffer numbers, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, numbers, shape);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime takes no tensor", e);
        }
    }

    /** What comes of that input, the caller's to close. */
    OrtSession.Result run(OnnxTensor input) {
        try {
            return session.run(Map.of(OnnxModel.INPUT, input));
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
    }
}

package dev.hemline.benchmarks.peer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.serving.TorchEngine;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What this machine can do at best: the product of two square matrices of 32-bit floats that stay in its caches. One
 * library multiplies faster on one processor, another on another; the limit is whichever is fastest.
 *
 * @param library whose product it is
 * @param multiply once, on this thread
 * @param closing of what it holds
 */
public record MatrixProduct(String library, Runnable multiply, Runnable closing) implements AutoCloseable {
    public static final int SIDE = 256;

    /** Multiplications and additions of one product, each counted as one. */
    public static final long OPERATIONS = 2L * SIDE * SIDE * SIDE;

    /** libtorch's, which is that of Intel's MKL on x86. */
    public static MatrixProduct torch() {
        TorchEngine.startIfNeeded();
        NDManager manager = NDManager.newBaseManager(TorchEngine.name());
        NDArray left = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
        NDArray right = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE));
        return new MatrixProduct("libtorch", () -> left.matMul(right).close(), manager::close);
    }

    /** ONNX Runtime's, with one matrix packed beforehand as it packs weights. */
    public static MatrixProduct onnx() {
        SplittableRandom random = new SplittableRandom(1);
        var session = OnnxSession.open(OnnxModel.product(Tensor.parameter(List.of(SIDE, SIDE), numbers(random))));
        OnnxTensor left = session.tensor(FloatBuffer.wrap(numbers(random)), SIDE, SIDE);
        return new MatrixProduct("onnxruntime", () -> session.run(left).close(), () -> {
            left.close();
            session.close();
        });
    }

    private static float[] numbers(SplittableRandom random) {
        float[] numbers = new float[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @Override
    public void close() {
        closing.run();
    }
}

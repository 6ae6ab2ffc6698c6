package dev.hemline.benchmarks.peer;

import ai.onnxruntime.OnnxTensor;
import dev.hemline.model.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** ONNX Runtime's, with one matrix packed beforehand as it packs weights. */
final class OnnxProduct implements MatrixProduct {
    private final OnnxSession session;
    private final OnnxTensor left;

    OnnxProduct() {
        SplittableRandom random = new SplittableRandom(1);
        this.session = OnnxSession.open(OnnxFile.product(Tensor.parameter(List.of(SIDE, SIDE), numbers(random))));
        FloatBuffer numbers = ByteBuffer.allocateDirect(SIDE * SIDE * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.left = session.tensor(numbers.put(numbers(random)).flip(), SIDE, SIDE);
    }

    private static float[] numbers(SplittableRandom random) {
        float[] numbers = new float[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @Override
    public String library() {
        return "onnxruntime";
    }

    @Override
    public void multiply() {
        session.run(left).close();
    }

    @Override
    public void close() {
        left.close();
        session.close();
    }
}

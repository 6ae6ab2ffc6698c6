package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** Adam with decoupled weight decay: steps are short where gradients have been large. */
final class AdamWRule implements StepRule {
    private static final float MOMENTUM = 0.9f;
    private static final float SQUARE_MOMENTUM = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float AS_IT_IS = 1;
    private static final float NO_CLIPPING = -1;

    @Override
    public List<String> remembers() {
        return List.of("momentum", "square");
    }

    @Override
    public void move(
            PtNDArray weight,
            PtNDArray gradient,
            List<NDArray> memory,
            float learningRate,
            float weightDecay,
            int step) {
        double unbiased = Math.sqrt(1 - Math.pow(SQUARE_MOMENTUM, step)) / (1 - Math.pow(MOMENTUM, step));
        JniUtils.adamUpdate(
                weight,
                gradient,
                (PtNDArray) memory.get(0),
                (PtNDArray) memory.get(1),
                learningRate,
                (float) (learningRate * unbiased),
                weightDecay,
                AS_IT_IS,
                NO_CLIPPING,
                MOMENTUM,
                SQUARE_MOMENTUM,
                EPSILON,
                true);
    }
}

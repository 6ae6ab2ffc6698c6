package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/** Stochastic gradient descent with Nesterov's momentum: the step looks ahead to where momentum will lead. */
final class SgdRule implements StepRule {
    private static final float MOMENTUM = 0.9f;

    @Override
    public List<String> remembers() {
        return List.of("momentum");
    }

    @Override
    public void move(
            PtNDArray weight,
            PtNDArray gradient,
            List<NDArray> memory,
            float learningRate,
            float weightDecay,
            int step) {
        NDArray momentum = memory.get(0);
        try (NDArray decay = weight.mul(weightDecay)) {
            gradient.addi(decay);
        }
        momentum.muli(MOMENTUM).addi(gradient);
        try (NDArray ahead = momentum.mul(MOMENTUM)) {
            weight.subi(gradient.addi(ahead).muli(learningRate));
        }
    }
}

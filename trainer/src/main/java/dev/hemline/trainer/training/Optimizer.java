package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** A rule by which gradients become steps: how one parameter moves, given what is remembered of earlier steps. */
public enum Optimizer {
    /** Adam with decoupled weight decay: each weight has its own step length. Forgiving, and quick at first. */
    ADAMW("AdamW") {
        @Override
        void move(PtNDArray weight, PtNDArray gradient, List<NDArray> memory, float rate, float decay, int step) {
            double unbiased = Math.sqrt(1 - Math.pow(SQUARE_MOMENTUM, step)) / (1 - Math.pow(MOMENTUM, step));
            JniUtils.adamUpdate(
                    weight,
                    gradient,
                    (PtNDArray) memory.get(0),
                    (PtNDArray) memory.get(1),
                    rate,
                    (float) (rate * unbiased),
                    decay,
                    AS_IT_IS,
                    NO_CLIPPING,
                    MOMENTUM,
                    SQUARE_MOMENTUM,
                    EPSILON,
                    true);
        }
    },
    /** Stochastic gradient descent with Nesterov's momentum: the step looks ahead to where momentum will lead. */
    SGD("SGD with Nesterov momentum") {
        @Override
        void move(PtNDArray weight, PtNDArray gradient, List<NDArray> memory, float rate, float decay, int step) {
            NDArray momentum = memory.get(0);
            try (NDArray decayed = weight.mul(decay)) {
                gradient.addi(decayed);
            }
            momentum.muli(MOMENTUM).addi(gradient);
            try (NDArray ahead = momentum.mul(MOMENTUM)) {
                weight.subi(gradient.addi(ahead).muli(rate));
            }
        }
    };

    private static final float MOMENTUM = 0.9f;
    private static final float SQUARE_MOMENTUM = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float AS_IT_IS = 1;
    private static final float NO_CLIPPING = -1;

    private final String title;

    Optimizer(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Names of what it remembers of each parameter, as arrays of the parameter's shape that begin as zeros. */
    List<String> remembers() {
        return this == ADAMW ? List.of("momentum", "square") : List.of("momentum");
    }

    /**
     * Moves a parameter, and remembers.
     *
     * @param gradient not needed afterwards
     * @param memory in the order of {@link #remembers}
     * @param decay share by which the parameter shrinks at learning rate 1
     * @param step counted from 1
     */
    abstract void move(PtNDArray weight, PtNDArray gradient, List<NDArray> memory, float rate, float decay, int step);
}

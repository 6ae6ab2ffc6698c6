package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;

/** How one parameter moves, given its gradient and what is remembered of earlier ones. */
interface StepRule {

    /** Names of what it remembers of each parameter, as arrays of the parameter's shape that begin as zeros. */
    List<String> remembers();

    /**
     * Moves a parameter, and remembers.
     *
     * @param gradient not needed afterwards
     * @param memory in the order of {@link #remembers}
     * @param weightDecay share by which the parameter shrinks at learning rate 1
     * @param step counted from 1
     */
    void move(
            PtNDArray weight,
            PtNDArray gradient,
            List<NDArray> memory,
            float learningRate,
            float weightDecay,
            int step);

    /** The rule of that optimizer. */
    static StepRule of(Optimization.Optimizer optimizer) {
        return switch (optimizer) {
            case ADAMW -> new AdamWRule();
            case SGD -> new SgdRule();
        };
    }
}

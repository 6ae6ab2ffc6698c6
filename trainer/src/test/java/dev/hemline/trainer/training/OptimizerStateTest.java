package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.util.PairList;
import dev.hemline.model.serving.TorchEngine;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps on one weight of 1 and one bias of 1, each compared with the formula worked out by hand. */
class OptimizerStateTest {
    private NDManager manager = NDManager.newBaseManager(TorchEngine.name());
    private NDArray weight = manager.create(0f);
    private NDArray bias = manager.create(0f);

    @BeforeEach
    void makeParameters() {
        weight = manager.ones(new Shape(1, 1));
        bias = manager.ones(new Shape(1));
        weight.setRequiresGradient(true);
        bias.setRequiresGradient(true);
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void shouldStepAsNesterovSays() {
        OptimizerState state = state(new Optimization(Optimizer.SGD, 0.1, 1, 0, 0, 0), OptimizerState.Memory.NONE);

        // Gradient 2, momentum 2: step 2 + 0.9 * 2; then gradient 2, momentum 0.9 * 2 + 2: step 2 + 0.9 * 3.8.
        step(state, both -> both.mul(2));
        assertThat(valueOf(weight)).isCloseTo(1 - 0.1f * 3.8f, within(1e-6f));
        step(state, both -> both.mul(2));
        assertThat(valueOf(weight)).isCloseTo(1 - 0.1f * (3.8f + 5.42f), within(1e-6f));
    }

    @Test
    void shouldStepAsLongAsTheLearningRateAtFirstWithAdam() {
        OptimizerState state = state(new Optimization(Optimizer.ADAMW, 0.1, 1, 0, 0, 0), OptimizerState.Memory.NONE);

        step(state, both -> both.mul(7));

        assertThat(valueOf(weight)).isCloseTo(0.9f, within(1e-4f));
    }

    @Test
    void shouldShrinkWeightsButNoBiases() {
        for (Optimizer optimizer : Optimizer.values()) {
            makeParameters();
            OptimizerState state = state(new Optimization(optimizer, 0.1, 1, 0.5, 0, 0), OptimizerState.Memory.NONE);

            step(state, both -> both.mul(0));

            assertThat(valueOf(weight)).as(optimizer + ", weight").isLessThan(0.96f);
            assertThat(valueOf(bias)).as(optimizer + ", bias").isEqualTo(1);
        }
    }

    @Test
    void shouldShortenALongGradient() {
        OptimizerState state = state(new Optimization(Optimizer.SGD, 0.1, 1, 0, 0, 1), OptimizerState.Memory.NONE);

        // Both gradients are 30, together as long as 30 times the square root of two, and shortened to one.
        step(state, both -> both.mul(30));

        assertThat(valueOf(weight)).isCloseTo(1 - 0.1f * 1.9f / (float) Math.sqrt(2), within(1e-5f));
    }

    @Test
    void shouldGoOnFromWhatWasRemembered() {
        Optimization optimization = new Optimization(Optimizer.ADAMW, 0.1, 1, 0.1, 0, 0);
        OptimizerState whole = state(optimization, OptimizerState.Memory.NONE);
        step(whole, both -> both.mul(2));
        OptimizerState.Memory memory = whole.memory();
        float between = valueOf(weight);
        step(whole, both -> both.mul(-3));
        float expected = valueOf(weight);

        makeParameters();
        weight = manager.create(new float[] {between}, new Shape(1, 1));
        weight.setRequiresGradient(true);
        step(state(optimization, memory), both -> both.mul(-3));

        assertThat(memory.steps()).isEqualTo(1);
        assertThat(valueOf(weight)).isEqualTo(expected);
    }

    private OptimizerState state(Optimization optimization, OptimizerState.Memory memory) {
        PairList<String, Parameter> parameters = new PairList<>();
        parameters.add("a_weight", parameter(weight, Parameter.Type.WEIGHT));
        parameters.add("a_bias", parameter(bias, Parameter.Type.BIAS));
        return new OptimizerState(optimization, parameters, manager, memory);
    }

    private static Parameter parameter(NDArray array, Parameter.Type type) {
        Parameter parameter = Parameter.builder().setType(type).build();
        parameter.setArray(array);
        return parameter;
    }

    private void step(OptimizerState state, Function<NDArray, NDArray> loss) {
        try (GradientCollector gradients = Engine.getEngine(TorchEngine.name()).newGradientCollector()) {
            gradients.backward(loss.apply(weight.sum().add(bias.sum())));
        }
        state.step(0.1);
    }

    private static float valueOf(NDArray array) {
        return array.toFloatArray()[0];
    }
}

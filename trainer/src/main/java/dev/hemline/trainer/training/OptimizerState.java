package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns gradients into steps. DJL's optimizers keep what they remember to themselves; a training that can be interrupted
 * needs to write it down, so it is kept here. The arrays belong to the manager given.
 */
final class OptimizerState {
    private final Optimization optimization;
    private final NDManager manager;
    private final List<Slot> slots = new ArrayList<>();
    private int steps;

    /** A parameter with what is remembered of it. */
    private record Slot(String name, PtNDArray weight, List<NDArray> memory, float weightDecay) {}

    /**
     * What was remembered at some step.
     *
     * @param steps how many steps were taken
     * @param arrays numbers in row-major order; of parameter {@code conv1_weight} for instance
     *     {@code momentum/conv1_weight}
     */
    record Memory(int steps, Map<String, float[]> arrays) {
        /** What is remembered before the first step. */
        static final Memory NONE = new Memory(0, Map.of());
    }

    OptimizerState(
            Optimization optimization, PairList<String, Parameter> parameters, NDManager manager, Memory memory) {
        this.optimization = optimization;
        this.manager = manager;
        this.steps = memory.steps();
        try (var unrecorded = new NoGrad()) {
            for (Pair<String, Parameter> parameter : parameters) {
                slots.add(slot(
                        parameter.getKey(), (PtNDArray) parameter.getValue().getArray(), memory));
            }
        }
    }

    /** Takes one step against the gradients that the parameters have, and clears them. */
    void step(double learningRate) {
        steps++;
        try (var unrecorded = new NoGrad();
                NDManager temporary = manager.newSubManager()) {
            List<PtNDArray> gradients = gradients(temporary);
            clip(gradients);
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                PtNDArray gradient = gradients.get(i);
                optimization
                        .optimizer()
                        .move(slot.weight(), gradient, slot.memory(), (float) learningRate, slot.weightDecay(), steps);
                JniUtils.zeroGrad(slot.weight());
            }
        }
    }

    /** A copy of everything that the next step depends on besides the weights. */
    Memory memory() {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        List<String> names = optimization.optimizer().remembers();
        for (Slot slot : slots) {
            for (int i = 0; i < names.size(); i++) {
                arrays.put(key(names.get(i), slot.name()), slot.memory().get(i).toFloatArray());
            }
        }
        return new Memory(steps, arrays);
    }

    private List<PtNDArray> gradients(NDManager owner) {
        List<PtNDArray> gradients = new ArrayList<>();
        for (Slot slot : slots) {
            PtNDArray gradient = slot.weight().getGradient();
            gradient.attach(owner);
            gradients.add(gradient);
        }
        return gradients;
    }

    private void clip(List<PtNDArray> gradients) {
        if (optimization.clipNorm() == 0) {
            return;
        }
        double squares = 0;
        for (NDArray gradient : gradients) {
            squares += gradient.square().sum().getFloat();
        }
        double scale = optimization.clipNorm() / Math.sqrt(squares);
        if (scale < 1) {
            gradients.forEach(gradient -> gradient.muli(scale));
        }
    }

    private Slot slot(String name, PtNDArray weight, Memory memory) {
        List<NDArray> remembered = optimization.optimizer().remembers().stream()
                .map(what -> remembered(weight, memory.arrays().get(key(what, name))))
                .toList();
        // Norms and biases have one dimension; shrinking them gains nothing.
        boolean decays = weight.getShape().dimension() > 1;
        return new Slot(name, weight, remembered, decays ? (float) optimization.weightDecay() : 0);
    }

    /** Laid out in memory as the weight is, so that the two are walked through side by side. */
    private NDArray remembered(NDArray weight, float @Nullable [] values) {
        NDArray array = weight.sub(weight);
        array.attach(manager);
        if (values != null) {
            try (NDArray rows = manager.create(values, weight.getShape())) {
                array.addi(rows);
            }
        }
        return array;
    }

    private static String key(String what, String parameter) {
        return what + "/" + parameter;
    }
}

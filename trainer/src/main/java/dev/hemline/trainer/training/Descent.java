package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import dev.hemline.trainer.training.Optimization.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns gradients into steps. DJL's optimizers keep what they remember to themselves; a training that can be interrupted
 * needs to write it down, so it is kept here. The arrays belong to the manager given.
 */
final class Descent {
    private static final float MOMENTUM = 0.9f;
    private static final float VARIANCE_MOMENTUM = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float NO_CLIPPING = -1;

    private final Optimization optimization;
    private final NDManager manager;
    private final List<Slot> slots = new ArrayList<>();
    private int steps;

    /** A parameter with what is remembered about it; plain descent remembers no squares, so its array stays empty. */
    private record Slot(String name, PtNDArray weight, NDArray momentum, NDArray square, float weightDecay) {}

    /**
     * What was remembered at some step.
     *
     * @param steps how many steps were taken
     * @param arrays numbers in row-major order, by name
     */
    record Memory(int steps, Map<String, float[]> arrays) {
        /** What is remembered before the first step. */
        static final Memory NONE = new Memory(0, Map.of());
    }

    Descent(Optimization optimization, PairList<String, Parameter> parameters, NDManager manager, Memory memory) {
        this.optimization = optimization;
        this.manager = manager;
        this.steps = memory.steps();
        boolean squares = optimization.optimizer() == Optimizer.ADAMW;
        JniUtils.setGradMode(false);
        for (Pair<String, Parameter> parameter : parameters) {
            PtNDArray weight = (PtNDArray) parameter.getValue().getArray();
            boolean decays = weight.getShape().dimension() > 1;
            slots.add(new Slot(
                    parameter.getKey(),
                    weight,
                    remembered(memory, "momentum/" + parameter.getKey(), weight),
                    squares ? remembered(memory, "square/" + parameter.getKey(), weight) : manager.zeros(new Shape(0)),
                    decays ? (float) optimization.weightDecay() : 0));
        }
        JniUtils.setGradMode(true);
    }

    /** Takes one step against the gradients that the parameters have, and clears them. */
    void step(double learningRate) {
        steps++;
        JniUtils.setGradMode(false);
        try (NDManager temporary = manager.newSubManager()) {
            List<NDArray> gradients = new ArrayList<>();
            for (Slot slot : slots) {
                NDArray gradient = slot.weight().getGradient();
                gradient.attach(temporary);
                gradients.add(gradient);
            }
            float scale = clipping(gradients);
            for (int i = 0; i < slots.size(); i++) {
                move(slots.get(i), (PtNDArray) gradients.get(i), (float) learningRate, scale);
                JniUtils.zeroGrad(slots.get(i).weight());
            }
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    /** A copy of everything that the next step depends on besides the weights. */
    Memory memory() {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        for (Slot slot : slots) {
            arrays.put("momentum/" + slot.name(), slot.momentum().toFloatArray());
            if (optimization.optimizer() == Optimizer.ADAMW) {
                arrays.put("square/" + slot.name(), slot.square().toFloatArray());
            }
        }
        return new Memory(steps, arrays);
    }

    private void move(Slot slot, PtNDArray gradient, float learningRate, float scale) {
        if (optimization.optimizer() == Optimizer.ADAMW) {
            double unbiased = Math.sqrt(1 - Math.pow(VARIANCE_MOMENTUM, steps)) / (1 - Math.pow(MOMENTUM, steps));
            JniUtils.adamUpdate(
                    slot.weight(),
                    gradient,
                    (PtNDArray) slot.momentum(),
                    (PtNDArray) slot.square(),
                    learningRate,
                    (float) (learningRate * unbiased),
                    slot.weightDecay(),
                    scale,
                    NO_CLIPPING,
                    MOMENTUM,
                    VARIANCE_MOMENTUM,
                    EPSILON,
                    true);
            return;
        }
        gradient.muli(scale);
        try (NDArray decay = slot.weight().mul(slot.weightDecay())) {
            gradient.addi(decay);
        }
        slot.momentum().muli(MOMENTUM).addi(gradient);
        try (NDArray ahead = slot.momentum().mul(MOMENTUM)) {
            slot.weight().subi(gradient.addi(ahead).muli(learningRate));
        }
    }

    private float clipping(List<NDArray> gradients) {
        if (optimization.clipNorm() == 0) {
            return 1;
        }
        double sum = 0;
        for (NDArray gradient : gradients) {
            sum += gradient.square().sum().getFloat();
        }
        return (float) Math.min(1, optimization.clipNorm() / Math.sqrt(sum));
    }

    /** Laid out in memory as the weight is, so that the two are walked through side by side. */
    private NDArray remembered(Memory memory, String name, NDArray weight) {
        NDArray array = weight.sub(weight);
        array.attach(manager);
        float[] values = memory.arrays().get(name);
        if (values != null) {
            try (NDArray rows = manager.create(values, weight.getShape())) {
                array.addi(rows);
            }
        }
        return array;
    }
}

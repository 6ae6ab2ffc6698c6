package dev.hemline.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.hemline.event.ModelInput;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A network that learns, a step per batch: copies of it, each of which looks at its part of every batch in a thread of its own (data parallelism). Two threads
 * with half a batch each are faster than two that share every operation on a whole one, since they need not wait for each
 * other between operations. Batch norm goes by the part that it sees; running means and variances are those of the first.
 * Owned by one thread.
 */
final class Replicas implements AutoCloseable {
    /** With fewer, what batch norm sees says too little, and libtorch gets slow. */
    private static final int LEAST_IMAGES = 64;

    private final List<Replica> replicas = new ArrayList<>();
    private final LearningThreads threads;
    private final OptimizerState optimizer;
    /** How many there are to be for batches of so many images: one for each of so many threads, where parts are large enough. */
    static int count(int batchSize, int threads) {
        return Math.max(1, Math.min(threads, batchSize / LEAST_IMAGES));
    }

    /**
     * Where there are fewer than libtorch may use threads, operations of each use several.
     *
     * @param weights to begin with
     * @param memory what the optimizer remembers of the steps that led there
     * @param batchSize images in each batch
     */
    Replicas(
            Network network,
            Weights weights,
            ModelInput input,
            Recipe recipe,
            OptimizerState.Memory memory,
            int batchSize) {
        int count = count(batchSize, TorchEngine.threads());
        threads = new LearningThreads(count, TorchEngine.threads() / count);
        try {
            while (replicas.size() < count) {
                replicas.add(Replica.of(network, weights, input, recipe));
            }
            optimizer = new OptimizerState(recipe.optimization(), first().parameters(), first().manager(), memory);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Learns from one batch of raw pixels. */
    Step step(Batch batch, double learningRate) {
        Step found = learn(batch);
        optimizer.step(learningRate);
        try (var unrecorded = new NoGrad()) {
            others().forEach(this::moveToFirst);
        }
        return found;
    }

    /** A copy of what it has learnt, running means and variances included. */
    Weights weights() {
        return first().weights();
    }

    /** A copy of what the optimizer remembers. */
    OptimizerState.Memory memory() {
        return optimizer.memory();
    }

    /** The one that is moved, once all have looked. */
    Replica first() {
        return replicas.get(0);
    }

    /** How many there are. */
    int size() {
        return replicas.size();
    }

    /** Has all look at their parts; then the first has the gradient of the whole batch. */
    Step learn(Batch batch) {
        if (replicas.size() == 1) {
            return first().learn(batch, batch.size());
        }
        List<Callable<Step>> parts = new ArrayList<>();
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get(i);
            Batch part = batch.part(batch.size() * i / replicas.size(), batch.size() * (i + 1) / replicas.size());
            parts.add(() -> replica.learn(part, batch.size()));
        }
        Step found = threads.all(parts).stream().reduce(Step.NONE, Step::plus);
        try (var unrecorded = new NoGrad()) {
            others().forEach(this::addGradientsToFirst);
        }
        return found;
    }

    @Override
    public void close() {
        threads.close();
        replicas.forEach(Replica::close);
    }

    private List<Replica> others() {
        return replicas.subList(1, replicas.size());
    }

    private void addGradientsToFirst(Replica other) {
        try (NDManager step = first().manager().newSubManager()) {
            for (int i = 0; i < other.arrays().size(); i++) {
                NDArray sum = first().arrays().get(i).getGradient();
                NDArray more = other.arrays().get(i).getGradient();
                sum.attach(step);
                more.attach(step);
                sum.addi(more);
                JniUtils.zeroGrad(other.arrays().get(i));
            }
        }
    }

    private void moveToFirst(Replica other) {
        for (int i = 0; i < other.arrays().size(); i++) {
            PtNDArray weight = other.arrays().get(i);
            weight.subi(weight).addi(first().arrays().get(i));
        }
    }
}

package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;

/** A network that learns, a step per batch. Owned by one thread. */
final class TrainableModel implements AutoCloseable {
    private final Replicas replicas;
    private final OptimizerState optimizer;

    private TrainableModel(Replicas replicas, OptimizerState optimizer) {
        this.replicas = replicas;
        this.optimizer = optimizer;
    }

    /**
     * @param start weights to go on from
     * @param memory what the optimizer remembers of the steps that led there
     * @param batchSize images in each batch
     */
    static TrainableModel of(
            Network network,
            Weights start,
            ModelInput input,
            Recipe recipe,
            OptimizerState.Memory memory,
            int batchSize) {
        Replicas replicas = Replicas.of(network, start, input, recipe, batchSize);
        try {
            Replica first = replicas.first();
            return new TrainableModel(
                    replicas, new OptimizerState(recipe.optimization(), first.parameters(), first.manager(), memory));
        } catch (RuntimeException | Error e) {
            replicas.close();
            throw e;
        }
    }

    /** Learns from one batch of raw pixels. */
    Step step(Batch batch, double learningRate) {
        Step found = replicas.learn(batch);
        optimizer.step(learningRate);
        replicas.followFirst();
        return found;
    }

    /** A copy of what it has learnt, running means and variances included. */
    Weights weights() {
        return replicas.first().weights();
    }

    /** A copy of what the optimizer remembers. */
    OptimizerState.Memory memory() {
        return optimizer.memory();
    }

    @Override
    public void close() {
        replicas.close();
    }
}

package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;

/**
 * A network that is to learn, and from what.
 *
 * @param network that learns
 * @param weights that it begins with
 * @param input how it sees images
 * @param images to learn from, at least 2
 * @param order in which an epoch goes through them
 * @param heldOut images to judge it by, at least 1
 */
public record TrainingTask(
        Network network,
        Weights weights,
        ModelInput input,
        LabelledImages images,
        EpochOrder order,
        LabelledImages heldOut) {

    /** A new network, to learn from all images alike. */
    public static TrainingTask anew(Recipe recipe, LabelledImages train, LabelledImages heldOut) {
        Network network = recipe.networkFor(train);
        return new TrainingTask(
                network,
                Weights.initial(network, recipe.seed()),
                PixelStatistics.of(train),
                train,
                EpochOrder.shuffled(train.size()),
                heldOut);
    }

    /**
     * A network that serves, to learn what traffic looks like now without forgetting what it knew: half of each batch is traffic, the other
     * half images that it learnt from before.
     *
     * @param served the network as it serves, without batch norm
     * @param input how it sees images
     * @param anchor images that it learnt from before
     * @param traffic labelled images of now
     * @param steps batches that an epoch has
     * @param heldOut images to judge it by
     */
    public static TrainingTask refresh(
            Recipe recipe,
            Folded served,
            ModelInput input,
            LabelledImages anchor,
            LabelledImages traffic,
            int steps,
            LabelledImages heldOut) {
        return new TrainingTask(
                served.network(),
                served.weights(),
                input,
                LabelledImages.concat(anchor, traffic),
                new EpochOrder.Halves(steps * recipe.batchSize(), anchor.size(), traffic.size()),
                heldOut);
    }

    /** The same, but beginning with weights of another training. */
    public TrainingTask beginningWith(Weights weights) {
        return new TrainingTask(network, weights, input, images, order, heldOut);
    }
}

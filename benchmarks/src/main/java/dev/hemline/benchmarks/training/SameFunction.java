package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ModelRefusedException;

/** Whether the blocks of DJL and our archive are one network: nobody is to win by computing something else. */
final class SameFunction {
    private static final int IMAGES = 32;

    private final Network network;
    private final ModelInput input;

    SameFunction(Network network, ModelInput input) {
        this.network = network;
        this.input = input;
    }

    /**
     * Asks both about the same images with the same weights.
     *
     * @param images at least one; the first few are used
     * @return the largest difference between two probabilities
     * @throws IllegalStateException if they have not as many parameters, or do not answer alike
     */
    double check(Weights weights, LabelledImages images) {
        byte[] archive = TorchScriptArchive.write(network, weights);
        try (var ours = ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, network.outputs());
                var blocks = DjlBlocksClassifier.open(network, weights, input)) {
            if (blocks.parameters() != ours.parameters()) {
                throw new IllegalStateException("the blocks of " + network.name() + " have " + blocks.parameters()
                        + " parameters, the archive has " + ours.parameters());
            }
            return Agreement.between(ours, blocks, images, IMAGES)
                    .require("blocks and archive of " + network.name())
                    .largestDifference();
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }
}

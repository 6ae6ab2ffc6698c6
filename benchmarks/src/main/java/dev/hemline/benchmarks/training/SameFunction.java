package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import java.nio.ByteBuffer;

/** Whether the blocks of DJL and our archive are one network: nobody is to win by computing something else. */
final class SameFunction {
    private static final int IMAGES = 32;

    /** Sums are added up in another order; the last bits differ from layer to layer. */
    private static final double TOLERANCE = 1e-4;

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
            return requireAlike(ours, blocks, images);
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }

    double requireAlike(ImageClassifier ours, ImageClassifier blocks, LabelledImages images) {
        int n = Math.min(IMAGES, images.size());
        byte[] pixels = new byte[n * network.input().size()];
        for (int i = 0; i < n; i++) {
            images.copyImage(i, pixels, i * network.input().size());
        }
        double difference =
                difference(ours.classify(ByteBuffer.wrap(pixels), n), blocks.classify(ByteBuffer.wrap(pixels), n));
        // NaN must not pass.
        if (!(difference <= TOLERANCE)) {
            throw new IllegalStateException(
                    "with the same weights, probabilities of network " + network.name() + " differ by " + difference);
        }
        return difference;
    }

    private static double difference(float[][] some, float[][] others) {
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            for (int k = 0; k < some[i].length; k++) {
                largest = Math.max(largest, Math.abs(some[i][k] - others[i][k]));
            }
        }
        return largest;
    }
}

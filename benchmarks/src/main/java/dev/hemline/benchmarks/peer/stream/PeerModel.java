package dev.hemline.benchmarks.peer.stream;

import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.quickstart.untrained.UntrainedModel;

/**
 * The model that every way to classify has: an untrained network, whose weights follow from a seed, so that no other process
 * needs to be told.
 */
public record PeerModel(String network) {
    private static final long SEED = 1;

    /** What classifies with the weights. */
    enum Form {
        /** DJL's own blocks, batch norm and all. */
        DJL_BLOCKS,
        /** The archive that Hemline serves. */
        ARCHIVE
    }

    /** The same as Hemline gets it. */
    public UntrainedModel published() {
        return UntrainedModel.of(network, SEED);
    }

    /** A classifier that the caller closes. */
    ImageClassifier open(Form form) {
        UntrainedModel model = published();
        ModelInput input = model.draft().getInput();
        Network layers = Networks.named(
                network, new Dimensions(1, FashionMnist.HEIGHT, FashionMnist.WIDTH), FashionMnist.CLASSES);
        return switch (form) {
            case DJL_BLOCKS -> DjlBlocksClassifier.open(layers, Weights.initial(layers, SEED), input);
            case ARCHIVE -> archive(model, input);
        };
    }

    /** What Hemline serves, for whoever wants to know what it costs without a stream. */
    public ImageClassifier served() {
        return open(Form.ARCHIVE);
    }

    private static ImageClassifier archive(UntrainedModel model, ModelInput input) {
        try {
            return ArchiveClassifier.open(model.archive(), input, ModelOutput.LOGITS, FashionMnist.CLASSES);
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }
}

package dev.hemline.benchmarks.peer;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.io.Serializable;

/**
 * The model that every way to classify has: an untrained network, whose weights follow from a seed, so that no other process
 * needs to be told.
 *
 * @param network by name
 * @param precision that the archive computes in; DJL's blocks have float32 whatever it is
 */
public record PeerModel(String network, Precision precision) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long SEED = 1;

    public PeerModel {
        Networks.requireKnown(network);
    }

    /** The same as Hemline gets it. */
    public UntrainedModel published() {
        return UntrainedModel.of(network, SEED);
    }

    /** DJL's own blocks, batch norm and all; the caller closes them. */
    ImageClassifier djlBlocks() {
        Network layers = UntrainedModel.layers(network);
        return DjlBlocksClassifier.open(
                layers, Weights.initial(layers, SEED), published().draft().getInput());
    }

    /** The archive that Hemline serves; the caller closes it. */
    public ImageClassifier archive() {
        UntrainedModel model = published();
        return served(model.archive(), precision, model.draft().getInput(), FashionMnist.CLASSES);
    }

    /** What {@code classifier --precision} makes of an archive of ours; the caller closes it. */
    public static ArchiveClassifier served(byte[] archive, Precision precision, ModelInput input, int labels) {
        try {
            byte[] loaded =
                    precision == Precision.FLOAT32 ? archive : TorchScriptArchive.inPrecision(archive, precision);
            return ArchiveClassifier.open(loaded, input, ModelOutput.LOGITS, labels);
        } catch (ArchiveException | ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }

    /** As tables and charts call it. */
    @Override
    public String toString() {
        return precision == Precision.FLOAT32 ? network : network + " in bfloat16";
    }
}

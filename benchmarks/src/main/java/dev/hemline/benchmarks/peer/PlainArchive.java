package dev.hemline.benchmarks.peer;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.MemoryFormat;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ModelRefusedException;

/** A network as {@code torch.jit.save} leaves it: feature maps one after the other, batch norm not folded. */
public final class PlainArchive {
    private PlainArchive() {}

    /** A classifier that the caller closes. */
    public static ArchiveClassifier open(Network network, Weights weights, ModelInput input) {
        byte[] archive =
                TorchScriptArchive.writeTrainable(network, weights, Precision.FLOAT32, MemoryFormat.CONTIGUOUS);
        try {
            return ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, network.outputs());
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }
}

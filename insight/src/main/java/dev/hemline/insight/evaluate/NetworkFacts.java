package dev.hemline.insight.evaluate;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import java.util.Optional;

/** Recognises our own networks in an archive: what an archive costs to run cannot be read off a foreign one. */
public final class NetworkFacts {
    private NetworkFacts() {}

    /**
     * The network as it serves, batch norm folded away; empty if the archive holds anything else than the manifest's
     * network as this release knows it.
     */
    public static Optional<Network> serving(ModelManifest manifest, byte[] archive) {
        if (!Networks.names().contains(manifest.getNetwork())) {
            return Optional.empty();
        }
        ModelInput input = manifest.getInput();
        Network learning = Networks.named(
                manifest.getNetwork(),
                new Dimensions(input.getChannels(), input.getHeight(), input.getWidth()),
                manifest.getLabels().size());
        Network serving =
                BatchNormFolding.fold(learning, Weights.initial(learning, 0)).network();
        try {
            TorchScriptArchive.read(archive).fitting(serving);
            return Optional.of(serving);
        } catch (ArchiveException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

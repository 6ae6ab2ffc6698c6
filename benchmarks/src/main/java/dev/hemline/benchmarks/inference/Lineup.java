package dev.hemline.benchmarks.inference;

import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.peer.OnnxClassifier;
import dev.hemline.benchmarks.peer.PlainArchive;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.trainer.training.PixelStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All contenders with the same weights. Owns their classifiers.
 *
 * @param classifiers by name, in the order of their turns
 */
record Lineup(Network network, Map<String, ImageClassifier> classifiers) implements AutoCloseable {
    static final String HEMLINE = "hemline";
    private static final long SEED = 1;

    /** @param images that the network is to fit */
    static Lineup of(String name, LabelledImages images) {
        Network network = Networks.named(
                name,
                new Dimensions(1, images.height(), images.width()),
                images.classNames().size());
        ModelInput input = PixelStatistics.of(images);
        Weights weights = LivedInWeights.of(network, SEED);
        Map<String, ImageClassifier> classifiers = new LinkedHashMap<>();
        classifiers.put("djl-blocks-nchw", DjlBlocksClassifier.open(network, weights, input));
        classifiers.put("torchscript-nchw", PlainArchive.open(network, weights, input));
        classifiers.put("onnxruntime", OnnxClassifier.open(network, weights, input));
        classifiers.put(HEMLINE, served(network, weights, input));
        return new Lineup(network, classifiers);
    }

    /** As a classifier serves it. */
    private static ImageClassifier served(Network network, Weights weights, ModelInput input) {
        BatchNormFolding.Folded folded = BatchNormFolding.fold(network, weights);
        byte[] archive = TorchScriptArchive.write(folded.network(), folded.weights());
        try {
            return ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, network.outputs());
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }

    /** Each with each batch size; those of the same size follow each other, so that they are measured close together. */
    List<Entry> entries(List<Integer> batches) {
        return batches.stream()
                .flatMap(batch ->
                        classifiers.entrySet().stream().map(one -> new Entry(one.getKey(), one.getValue(), batch)))
                .toList();
    }

    @Override
    public void close() {
        classifiers.values().forEach(ImageClassifier::close);
    }
}

package dev.hemline.benchmarks.network;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.peer.OnnxClassifier;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.MemoryFormat;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.trainer.training.PixelStatistics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All contenders with the same weights. Owns their classifiers.
 *
 * @param classifiers by name, in the order of their turns
 */
record Lineup(Network network, Map<String, ImageClassifier> classifiers) implements AutoCloseable {
    static final String HEMLINE = "hemline";
    static final String HEMLINE_BFLOAT16 = "hemline-bfloat16";
    private static final int COMPARED = 1000;
    private static final long SEED = 1;
    /** 8 bits of precision. */
    private static final double BFLOAT16_TOLERANCE = 0.05;

    /** @param images that the network is to fit */
    static Lineup of(String name, LabelledImages images) {
        Network network = network(name, images);
        ModelInput input = PixelStatistics.of(images);
        Weights weights = LivedInWeights.of(network, SEED);
        // As torch.jit.save leaves it: feature maps one after the other, batch norm not folded.
        byte[] plain = TorchScriptArchive.writeTrainable(network, weights, Precision.FLOAT32, MemoryFormat.CONTIGUOUS);
        // What the trainer publishes.
        BatchNormFolding.Folded folded = BatchNormFolding.fold(network, weights);
        byte[] archive = TorchScriptArchive.write(folded.network(), folded.weights());
        Map<String, ImageClassifier> classifiers = new LinkedHashMap<>();
        classifiers.put("djl-blocks-nchw", DjlBlocksClassifier.open(network, weights, input));
        classifiers.put("torchscript-nchw", PeerModel.served(plain, Precision.FLOAT32, input, network.outputs()));
        classifiers.put("onnxruntime", OnnxClassifier.open(network, weights, input));
        classifiers.put(HEMLINE, PeerModel.served(archive, Precision.FLOAT32, input, network.outputs()));
        classifiers.put(HEMLINE_BFLOAT16, PeerModel.served(archive, Precision.BFLOAT16, input, network.outputs()));
        return new Lineup(network, classifiers);
    }

    /** A network for images like these. */
    static Network network(String name, LabelledImages images) {
        return Networks.named(
                name,
                new Dimensions(1, images.height(), images.width()),
                images.classNames().size());
    }

    /**
     * Each one's with the first.
     *
     * @throws IllegalStateException if they do not answer alike
     */
    Map<String, Agreement> agreements(LabelledImages images) {
        ImageClassifier first = classifiers.values().iterator().next();
        Map<String, Agreement> agreements = new LinkedHashMap<>();
        classifiers.forEach((name, classifier) -> {
            double tolerance = name.equals(HEMLINE_BFLOAT16) ? BFLOAT16_TOLERANCE : Agreement.ROUNDING;
            agreements.put(
                    name, Agreement.between(classifier, first, images, COMPARED).require(name, tolerance));
        });
        return agreements;
    }

    @Override
    public void close() {
        classifiers.values().forEach(ImageClassifier::close);
    }
}

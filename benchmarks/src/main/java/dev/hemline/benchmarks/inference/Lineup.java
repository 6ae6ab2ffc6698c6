package dev.hemline.benchmarks.inference;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.peer.OnnxClassifier;
import dev.hemline.benchmarks.runner.Tournament.Entrant;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.MemoryFormat;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.trainer.training.PixelStatistics;
import java.nio.ByteBuffer;
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
    static final String HEMLINE_BFLOAT16 = "hemline-bfloat16";
    private static final long SEED = 1;
    /** 8 bits of precision. */
    private static final double BFLOAT16_TOLERANCE = 0.05;

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
        classifiers.put("torchscript-nchw", served(plain(network, weights), input, network.outputs()));
        classifiers.put("onnxruntime", OnnxClassifier.open(network, weights, input));
        byte[] archive = archive(network, weights);
        classifiers.put(HEMLINE, served(archive, input, network.outputs()));
        classifiers.put(HEMLINE_BFLOAT16, served(inBfloat16(archive), input, network.outputs()));
        return new Lineup(network, classifiers);
    }

    /** By how much a contender's probabilities may differ from the others'. */
    static double tolerance(String contender) {
        return contender.equals(HEMLINE_BFLOAT16) ? BFLOAT16_TOLERANCE : Agreement.ROUNDING;
    }

    /** As {@code torch.jit.save} leaves it: feature maps one after the other, batch norm not folded. */
    private static byte[] plain(Network network, Weights weights) {
        return TorchScriptArchive.writeTrainable(network, weights, Precision.FLOAT32, MemoryFormat.CONTIGUOUS);
    }

    /** What the trainer publishes. */
    private static byte[] archive(Network network, Weights weights) {
        BatchNormFolding.Folded folded = BatchNormFolding.fold(network, weights);
        return TorchScriptArchive.write(folded.network(), folded.weights());
    }

    /** What {@code classifier --precision bfloat16} makes of it. */
    private static byte[] inBfloat16(byte[] archive) {
        try {
            return TorchScriptArchive.inPrecision(archive, Precision.BFLOAT16);
        } catch (ArchiveException e) {
            throw new IllegalStateException("an archive of ours does not say what it computes with", e);
        }
    }

    /** As a classifier serves it. */
    private static ImageClassifier served(byte[] archive, ModelInput input, int outputs) {
        try {
            return ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, outputs);
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        }
    }

    /**
     * A classifier that is measured with one batch size.
     *
     * @param contender its name
     * @param batch images per call
     */
    record Entry(String contender, ImageClassifier classifier, int batch) {
        /** @param pixels images to classify again and again, at least a batch of them */
        Entrant with(ByteBuffer pixels) {
            return Entrant.repeating(contender + ", batch " + batch, batch, () -> classifier.classify(pixels, batch));
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

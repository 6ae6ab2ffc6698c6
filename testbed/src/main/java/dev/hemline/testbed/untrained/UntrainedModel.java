package dev.hemline.testbed.untrained;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ModelRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A real network with the weights that training would begin with: quick to make, as slow to ask as a trained one, and
 * each seed answers differently.
 *
 * @param draft its manifest, complete but for what publishing fills in
 * @param archive TorchScript; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
public record UntrainedModel(ModelManifest.Builder draft, byte[] archive) {
    private static final int GOLDEN_IMAGES = 2;
    private static final ModelInput INPUT =
            new ModelInput(1, FashionMnist.HEIGHT, FashionMnist.WIDTH, List.of(0.286f), List.of(0.353f), false);

    /** @param network as {@link Networks} knows it */
    public static Network layers(String network) {
        return Networks.named(
                network, new Dimensions(1, FashionMnist.HEIGHT, FashionMnist.WIDTH), FashionMnist.CLASSES);
    }

    /** @param network as {@link Networks} knows it */
    public static UntrainedModel of(String network, long seed) {
        Network layers = layers(network);
        Folded folded = BatchNormFolding.fold(layers, Weights.initial(layers, seed));
        return of(layers, TorchScriptArchive.write(folded.network(), folded.weights()), seed);
    }

    /**
     * The same, with a last layer that takes a picture for the class whose examples it is nearest to: the more there are, the more it
     * has right.
     *
     * @param examples of every class
     */
    public static UntrainedModel knowing(String network, long seed, LabelledImages examples) {
        Network layers = layers(network);
        Folded folded = BatchNormFolding.fold(layers, Weights.initial(layers, seed));
        byte[] unknowing = TorchScriptArchive.write(folded.network(), folded.weights());
        try (var classifier = ArchiveClassifier.open(unknowing, INPUT, ModelOutput.LOGITS, FashionMnist.CLASSES)) {
            Weights knowing = new NearestMeans(classifier, examples).in(folded.weights());
            return of(layers, TorchScriptArchive.write(folded.network(), knowing), seed);
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("a network of ours cannot be asked: " + e.getMessage(), e);
        }
    }

    private static UntrainedModel of(Network layers, byte[] archive, long seed) {
        try (var classifier = ArchiveClassifier.open(archive, INPUT, ModelOutput.LOGITS, FashionMnist.CLASSES)) {
            ModelManifest.Builder draft = ModelManifest.newBuilder()
                    .setCreatedAt(Instant.now())
                    .setCreatedBy("hemline")
                    .setNetwork(layers.name())
                    .setParameters(layers.parameters())
                    .setLabels(FashionMnist.CLASS_NAMES)
                    .setInput(INPUT)
                    .setOutput(ModelOutput.LOGITS)
                    .setEvaluation(new ModelEvaluation("none", 0, 0.1, Math.log(FashionMnist.CLASSES)))
                    .setGolden(GoldenBatches.record(classifier, INPUT, noise(seed)));
            return new UntrainedModel(draft, archive);
        } catch (ModelRefusedException e) {
            throw new IllegalStateException("a network of ours cannot be served: " + e.getMessage(), e);
        }
    }

    private static List<byte[]> noise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> new byte[FashionMnist.HEIGHT * FashionMnist.WIDTH])
                .limit(GOLDEN_IMAGES)
                .peek(random::nextBytes)
                .toList();
    }
}

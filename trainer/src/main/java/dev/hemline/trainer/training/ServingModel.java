package dev.hemline.trainer.training;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ModelRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained network as it would be published, batch norm folded away and its confidence set right. What is said about a
 * version is measured on this, not on the network that learns.
 */
public final class ServingModel {
    private static final int GOLDEN_IMAGES = 8;

    private final Folded folded;
    private final Temperature temperature;
    private final byte[] archive;
    private final ModelInput input;
    /** To what it was calibrated with. */
    private final @Nullable Answers measured;

    private ServingModel(Folded folded, Temperature temperature, ModelInput input, @Nullable Answers measured) {
        this.folded = folded;
        this.measured = measured;
        this.temperature = temperature;
        this.archive =
                TorchScriptArchive.write(folded.network(), temperature.dividing(folded.network(), folded.weights()));
        this.input = input;
    }

    /**
     * A network as it would be published, as sure of its answers as it was right about images held out.
     *
     * @param model that network
     * @param answers what it says to those images: the uncalibrated network's answers, tempered
     */
    record Calibrated(ServingModel model, Answers answers) {}

    /** @param heldOut images that it did not learn from */
    static Calibrated calibrated(Network network, Weights weights, ModelInput input, LabelledImages heldOut) {
        ServingModel asLearnt = of(network, weights, input);
        Answers answers = asLearnt.answers(heldOut);
        Temperature temperature = TemperatureSearch.over(answers);
        Answers tempered = answers.tempered(temperature.value());
        return new Calibrated(new ServingModel(asLearnt.folded, temperature, input, tempered), tempered);
    }

    /** As sure of its answers as the network itself. */
    static ServingModel of(Network network, Weights weights, ModelInput input) {
        return new ServingModel(BatchNormFolding.fold(network, weights), Temperature.NONE, input, null);
    }

    /** The same network at another temperature. */
    ServingModel at(Temperature other) {
        return new ServingModel(folded, other, input, null);
    }

    /** What it said to the images that it was calibrated with. */
    public Answers validated() {
        return Objects.requireNonNull(measured, "not calibrated");
    }

    /** What its logits were divided by. */
    public Temperature temperature() {
        return temperature;
    }

    /** TorchScript that gives logits; not to be changed. */
    public byte[] archive() {
        return archive;
    }

    /** The network that answers, and its weights before they were calibrated. */
    Folded folded() {
        return folded;
    }

    /** What the network takes. */
    public ModelInput input() {
        return input;
    }

    /**
     * What a manifest says whatever the recipe was; how good the model is and how it was trained are left open.
     *
     * @param network that learnt
     * @param heldOut images for the golden batch and the reference
     */
    public ModelManifest.Builder manifest(Network network, LabelledImages heldOut) {
        return ModelManifest.newBuilder()
                .setCreatedAt(Instant.now())
                .setCreatedBy("hemline trainer")
                .setNetwork(network.name())
                .setParameters(network.parameters())
                .setLabels(heldOut.classNames())
                .setInput(input)
                .setOutput(ModelOutput.LOGITS)
                .setGolden(golden(heldOut))
                .setReference((measured == null ? answers(heldOut) : measured).reference());
    }

    /** A few of these images with the network's answers. */
    GoldenBatch golden(LabelledImages images) {
        List<byte[]> pixels = IntStream.range(0, Math.min(GOLDEN_IMAGES, images.size()))
                .mapToObj(images::image)
                .toList();
        try (ArchiveClassifier classifier = open()) {
            return GoldenBatches.record(classifier, input, pixels);
        } catch (ModelRefusedException e) {
            throw refused(e);
        }
    }

    /** What it says to these images. */
    public Answers answers(LabelledImages images) {
        try (ArchiveClassifier classifier = open()) {
            return Answers.of(classifier, images);
        } catch (ModelRefusedException e) {
            throw refused(e);
        }
    }

    /** Asks it; the caller closes it. */
    ArchiveClassifier open() throws ModelRefusedException {
        return ArchiveClassifier.open(
                archive, input, ModelOutput.LOGITS, folded.network().outputs());
    }

    private static IllegalStateException refused(ModelRefusedException e) {
        return new IllegalStateException("a network just trained cannot be served: " + e.getMessage(), e);
    }
}

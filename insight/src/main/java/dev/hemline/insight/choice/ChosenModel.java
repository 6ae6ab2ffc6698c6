package dev.hemline.insight.choice;

import dev.hemline.control.models.PublishedModels;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model that was found, with what is needed to run it.
 *
 * @param title what people call it: {@code fashion-mnist v12}, or the file
 * @param archive the TorchScript archive; not to be changed
 * @param labels class names in the order of the model's outputs
 * @param input what the model takes
 * @param output what the model gives
 * @param manifest what is said about it, where anything is
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
public record ChosenModel(
        String title,
        byte[] archive,
        List<String> labels,
        ModelInput input,
        ModelOutput output,
        Optional<ModelManifest> manifest) {

    public ChosenModel {
        labels = List.copyOf(labels);
    }

    /** A model that its manifest describes. */
    public static ChosenModel of(String title, ModelManifest manifest, byte[] archive) {
        return new ChosenModel(
                title, archive, manifest.getLabels(), manifest.getInput(), manifest.getOutput(), Optional.of(manifest));
    }

    /**
     * A version on topic {@code models}.
     *
     * @param trusted keys of which one must have signed it; empty to take any
     * @param choice of its manifest
     * @throws UserError if there is none, or it cannot be fetched
     */
    public static ChosenModel published(
            KafkaSettings kafka, Optional<TrustedKeys> trusted, Function<PublishedModels, ModelManifest> choice) {
        PublishedModels models = new PublishedModels(kafka, trusted);
        return fetched(models, choice.apply(models));
    }

    /**
     * The version on topic {@code models} that a manifest there describes.
     *
     * @throws UserError if it cannot be fetched
     */
    public static ChosenModel published(KafkaSettings kafka, ModelManifest manifest) {
        return fetched(new PublishedModels(kafka, Optional.empty()), manifest);
    }

    private static ChosenModel fetched(PublishedModels models, ModelManifest manifest) {
        return of(manifest.getName() + " v" + manifest.getVersion(), manifest, models.archive(manifest));
    }

    /**
     * The same model, as it answers when it computes between its layers in that precision.
     *
     * @throws UserError if it was not written to do so
     */
    public ChosenModel inPrecision(Precision precision) {
        if (precision == Precision.FLOAT32) {
            return this;
        }
        try {
            byte[] other = TorchScriptArchive.inPrecision(archive, precision);
            return new ChosenModel(title + " in bfloat16", other, labels, input, output, manifest);
        } catch (ArchiveException e) {
            throw new UserError(title + " cannot compute in bfloat16: " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that it can be asked about these images.
     *
     * @throws UserError if it knows other classes, or takes images of another size
     */
    public void requireFit(LabelledImages images) {
        if (!composed(labels).equals(composed(images.classNames()))) {
            throw new UserError(title + " knows the classes " + labels + ", and the dataset has " + images.classNames()
                    + "; name a dataset of the model's classes with --data");
        }
        if (input.getChannels() != 1 || input.getHeight() != images.height() || input.getWidth() != images.width()) {
            throw new UserError(title + " takes images of " + input.getChannels() + " x " + input.getHeight() + " x "
                    + input.getWidth() + ", and the dataset's are 1 x " + images.height() + " x " + images.width());
        }
    }

    /** Names as people read them: of the same letters, whichever form of Unicode their disk keeps. */
    private static List<String> composed(List<String> names) {
        return names.stream()
                .map(name -> Normalizer.normalize(name, Normalizer.Form.NFC))
                .toList();
    }

    /**
     * The network as it serves, batch norm folded away, and its weights; empty where nothing is said about the model, or the archive
     * holds anything else than its manifest's network as this release knows it. What a foreign one costs to run cannot be read off, and
     * it cannot be trained on.
     */
    public Optional<Folded> served() {
        return manifest.map(ModelManifest::getNetwork)
                .filter(Networks.names()::contains)
                .flatMap(this::served);
    }

    private Optional<Folded> served(String name) {
        Dimensions image = new Dimensions(input.getChannels(), input.getHeight(), input.getWidth());
        Network learning = Networks.named(name, image, labels.size());
        Network serving =
                BatchNormFolding.fold(learning, Weights.initial(learning, 0)).network();
        try {
            return Optional.of(
                    new Folded(serving, TorchScriptArchive.read(archive).fitting(serving)));
        } catch (ArchiveException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Loads the model, with as many threads as this machine has to give, and tries it on a black image, as publishing does.
     *
     * @return the model, the caller's to close
     * @throws UserError if it cannot be loaded, or no classifier would take its answers
     */
    public ArchiveClassifier open() {
        TorchEngine.start(TorchEngine.recommendedThreads());
        ArchiveClassifier classifier = null;
        boolean tried = false;
        try {
            classifier = ArchiveClassifier.open(archive, input, output, labels.size());
            byte[] black = new byte[input.getChannels() * input.getHeight() * input.getWidth()];
            GoldenBatches.record(classifier, input, List.of(black));
            tried = true;
            return classifier;
        } catch (ModelRefusedException e) {
            throw new UserError(title + " cannot be used (" + e.reason().code() + "): " + e.getMessage(), e);
        } finally {
            if (classifier != null && !tried) {
                classifier.close();
            }
        }
    }
}

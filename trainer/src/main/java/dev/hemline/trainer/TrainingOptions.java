package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.UserError;
import dev.hemline.topic.ModelKey;
import dev.hemline.trainer.training.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What both commands let people choose about a training. Use as a picocli {@code @Mixin}. */
final class TrainingOptions {
    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = "fashion-mnist",
            description = "Name that versions are published under: lower-case letters, digits and hyphens."
                    + " Default: ${DEFAULT-VALUE}")
    String modelName = "fashion-mnist";

    @Mixin
    RecipeOptions recipe = new RecipeOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of libtorch. Of batches that have 64 images or more for each, each learns from its part. Default:"
                            + " one per processor if OMP_WAIT_POLICY=passive is set, else 1,"
                            + " because threads that spin while they wait slow down everything on a busy machine")
    int threads = TorchEngine.recommendedThreads();

    @Option(
            names = "--limit",
            paramLabel = "IMAGES",
            defaultValue = "0",
            description = "Train on this many images only, for a quick try; 0 for all. Default: ${DEFAULT-VALUE}")
    int limit;

    @Mixin
    DataOptions data = new DataOptions();

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "Sign every version with this private key, so that classifiers with --trusted-keys take it;"
                    + " hemline keys generate makes one. Default: versions are not signed")
    private @Nullable Path signingKey;

    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE|DIR",
            description =
                    "Count only versions signed with --signing-key or one of these public keys, a PEM file or a folder"
                            + " of them: as what serves, in the gate, in numbering, and to retire. Needed after a new --signing-key."
                            + " Repeatable. Default: with --signing-key those that it signed, else all",
            split = ",")
    private List<Path> trustedKeys = new ArrayList<>();

    private Optional<SigningKey> signer = Optional.empty();
    private Optional<TrustedKeys> trusted = Optional.empty();

    /**
     * Makes sure that they make sense, before anything is begun.
     *
     * @throws IllegalArgumentException if they do not; the message names the flag
     * @throws UserError if there is no key in the file that was named
     */
    void check() {
        Recipe recipe = recipe();
        signer = readSigner();
        trusted = readTrusted();
        Recipe.require(
                ModelKey.NAME.matcher(modelName).matches(),
                "--model-name is lower-case letters, digits and hyphens, not '" + modelName + "'");
        Recipe.require(threads >= 1 && threads <= 1024, "--threads is 1 to 1024, not " + threads);
        Recipe.require(
                limit == 0 || limit >= recipe.batchSize(),
                "--limit is 0 (all images) or at least the --batch-size of " + recipe.batchSize() + ", not " + limit);
    }

    /** How to train. */
    Recipe recipe() {
        return recipe.recipe();
    }

    /** Signs every version; empty for unsigned ones. */
    Optional<SigningKey> signer() {
        return signer;
    }

    /** Whose versions count; empty for everybody's. */
    Optional<TrustedKeys> trusted() {
        return trusted;
    }

    /**
     * The images to learn from, to validate and to test with.
     *
     * @throws UserError if they cannot be had, or a teacher knows others
     */
    Split split() {
        Split split = data.split();
        recipe.teachers.forEach(teacher -> teacher.requireFit(split.train()));
        return new Split(limited(split.train()), split.validation(), split.test());
    }

    /**
     * All images that are not for the test.
     *
     * @throws UserError if they cannot be had
     */
    LabelledImages notForTest() {
        return limited(data.load().train());
    }

    private LabelledImages limited(LabelledImages images) {
        return limit == 0 ? images : images.first(limit);
    }

    private Optional<TrustedKeys> readTrusted() {
        try {
            TrustedKeys others = TrustedKeys.read(trustedKeys);
            return signer.map(key -> others.and(key.trustedKey()))
                    .or(() -> trustedKeys.isEmpty() ? Optional.empty() : Optional.of(others));
        } catch (KeyFileException e) {
            throw new UserError("--trusted-keys: " + e.getMessage(), e);
        }
    }

    private Optional<SigningKey> readSigner() {
        try {
            return signingKey == null ? Optional.empty() : Optional.of(SigningKey.read(signingKey));
        } catch (KeyFileException e) {
            throw new UserError("--signing-key: " + e.getMessage(), e);
        }
    }
}

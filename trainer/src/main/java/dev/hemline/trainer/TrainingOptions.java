package dev.hemline.trainer;

import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import java.nio.file.Path;
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
    @Nullable
    Path signingKey;

    /** @throws UserError if there is no key in the file that was named */
    TrainingSettings settings() {
        return new TrainingSettings(modelName, recipe.recipe(), recipe.teachers, threads, limit, data, signer());
    }

    private Optional<SigningKey> signer() {
        try {
            return signingKey == null ? Optional.empty() : Optional.of(SigningKey.read(signingKey));
        } catch (KeyFileException e) {
            throw new UserError("--signing-key: " + e.getMessage(), e);
        }
    }
}

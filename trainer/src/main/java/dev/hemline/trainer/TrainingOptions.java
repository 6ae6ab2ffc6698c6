package dev.hemline.trainer;

import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import dev.hemline.trainer.data.DataOptions;
import dev.hemline.trainer.training.Recipe;
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

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "Network to train: tiny (six convolutions, 73 k parameters). Default: ${DEFAULT-VALUE}")
    String network = "tiny";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often to go through the training images. Default: ${DEFAULT-VALUE}")
    int epochs = 10;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Images per step; smaller learns more from few images, larger is a little faster."
                    + " Default: ${DEFAULT-VALUE}")
    int batchSize = 32;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "0.003",
            description = "Top of the one-cycle schedule, which rises to it and falls to almost nothing at the end."
                    + " Default: ${DEFAULT-VALUE}")
    double learningRate = 0.003;

    @Option(
            names = "--weight-decay",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "AdamW's weight decay. Default: ${DEFAULT-VALUE}")
    double weightDecay = 0.01;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "Decides first weights, order and variants of images. With --threads 1 the same seed trains the"
                            + " same network. Default: ${DEFAULT-VALUE}")
    long seed = 1;

    @Option(
            names = "--validate-every",
            paramLabel = "IMAGES",
            defaultValue = "0",
            description = "Validate after this many training images too, so that a first version is out early;"
                    + " 0 for after each epoch only. Default: ${DEFAULT-VALUE}")
    int validateEvery;

    @Option(
            names = "--validation-images",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many images those validations within an epoch look at, 0 for all 5,000."
                    + " Default: ${DEFAULT-VALUE}")
    int validationImages;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of libtorch. Default: one per processor if OMP_WAIT_POLICY=passive is set, else 1,"
                    + " because threads that spin while they wait slow down everything on a busy machine")
    int threads = TorchEngine.recommendedThreads();

    @Option(
            names = "--limit",
            paramLabel = "IMAGES",
            defaultValue = "0",
            description =
                    "Train on this many images only, for a quick try; 0 for all 55,000. Default: ${DEFAULT-VALUE}")
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
        Recipe recipe = new Recipe(
                network, epochs, batchSize, learningRate, weightDecay, seed, validateEvery, validationImages);
        return new TrainingSettings(modelName, recipe, threads, limit, data, signer());
    }

    private Optional<SigningKey> signer() {
        try {
            return signingKey == null ? Optional.empty() : Optional.of(SigningKey.read(signingKey));
        } catch (KeyFileException e) {
            throw new UserError("--signing-key: " + e.getMessage(), e);
        }
    }
}

package dev.hemline.trainer;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Networks;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Augmentation;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.Distillation.Source;
import dev.hemline.trainer.training.Optimization;
import dev.hemline.trainer.training.Optimizer;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * What people can choose about how a network learns. What they leave open is as the network's own recipe has it. Use as a
 * picocli {@code @Mixin}.
 */
final class RecipeOptions {
    private static final String BY_NETWORK = " Default: by network";

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "Network to train: tiny (below 100 k parameters), base (below 400 k), large (below 800 k)."
                    + " Default: ${DEFAULT-VALUE}")
    private String network = "tiny";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often to go through the training images." + BY_NETWORK)
    private @Nullable Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Images per step; smaller learns more from few images, larger is faster." + BY_NETWORK)
    private @Nullable Integer batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "adamw, quick at first, or sgd with momentum." + BY_NETWORK)
    private @Nullable Optimizer optimizer;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "Top of the one-cycle schedule, which rises to it and falls to almost nothing at the end."
                    + BY_NETWORK)
    private @Nullable Double learningRate;

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description = "Steps in which the learning rate rises to its top." + BY_NETWORK)
    private @Nullable Integer warmUp;

    @Option(
            names = "--weight-decay",
            paramLabel = "SHARE",
            description = "Share by which weights shrink per step at learning rate 1." + BY_NETWORK)
    private @Nullable Double weightDecay;

    @Option(
            names = "--label-smoothing",
            paramLabel = "SHARE",
            description = "Share of each label that is spread over all classes." + BY_NETWORK)
    private @Nullable Double labelSmoothing;

    @Option(
            names = "--clip-norm",
            paramLabel = "LENGTH",
            description = "Longest gradient; longer ones are shortened; 0 for no limit." + BY_NETWORK)
    private @Nullable Double clipNorm;

    @Option(names = "--mirror", negatable = true, description = "Whether to mirror every other image." + BY_NETWORK)
    private @Nullable Boolean mirror;

    @Option(
            names = "--shift",
            paramLabel = "PIXELS",
            description = "Furthest that an image is moved in each direction." + BY_NETWORK)
    private @Nullable Integer shift;

    @Option(
            names = "--rotate",
            paramLabel = "DEGREES",
            description = "Furthest that an image is turned to either side." + BY_NETWORK)
    private @Nullable Double rotate;

    @Option(
            names = "--erase",
            paramLabel = "SHARE",
            description = "Share of images that lose a rectangle." + BY_NETWORK)
    private @Nullable Double erase;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            converter = ModelConverter.class,
            description =
                    "Learn from the answers of this trained network too, which makes a small network better at the"
                            + " same cost of serving it; a folder that hemline train --output wrote, or the model.pt in one."
                            + " Given several times, the mean of their answers counts. It works in a thread of its own:"
                            + " --threads 1 leaves it a processor. Default: labels alone")
    List<ChosenModel> teachers = new ArrayList<>();

    @Option(
            names = "--teacher-weight",
            paramLabel = "SHARE",
            description = "Share of the teacher in what is to be learnt; the label has the rest. Default: 0.9")
    private @Nullable Double teacherWeight;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "What the network computes with while it learns: float32 or bfloat16. Default: bfloat16 where"
                    + " the processor is known to multiply it itself, about 1.5 times as fast; else float32")
    private @Nullable Precision precision;

    @Option(
            names = "--patience",
            paramLabel = "EPOCHS",
            description = "End after this many epochs in a row without a better validation; 0 for never." + BY_NETWORK)
    private @Nullable Integer patience;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "Decides first weights, order and variants of images. With --threads 1 the same seed trains the"
                            + " same network, bit for bit. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--validate-every",
            paramLabel = "IMAGES",
            defaultValue = "0",
            description = "Validate after this many training images too, so that a first version is out early;"
                    + " 0 for after each epoch only. Default: ${DEFAULT-VALUE}")
    private int validateEvery;

    @Option(
            names = "--validation-images",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many images those validations within an epoch look at, 0 for all 5,000."
                    + " Default: ${DEFAULT-VALUE}")
    private int validationImages;

    /** @throws IllegalArgumentException if a value makes no sense; the message names its flag */
    Recipe recipe() {
        return recipe(Optional.empty(), Optional.empty());
    }

    /**
     * As somebody wants it who has the last word on some of it.
     *
     * @throws IllegalArgumentException if a value makes no sense, or there is no such network
     */
    Recipe recipe(Optional<String> otherNetwork, Optional<Integer> otherEpochs) {
        String network = otherNetwork.orElse(this.network);
        Networks.requireKnown(network);
        Recipe own = Recipes.of(network);
        Optimization optimization = own.optimization();
        Augmentation augmentation = own.augmentation();
        return own.with()
                .epochs(otherEpochs.orElse(or(epochs, own.epochs())))
                .batchSize(or(batchSize, own.batchSize()))
                .optimization(new Optimization(
                        or(optimizer, optimization.optimizer()),
                        or(learningRate, optimization.maxLearningRate()),
                        or(warmUp, optimization.warmUpSteps()),
                        or(weightDecay, optimization.weightDecay()),
                        or(labelSmoothing, optimization.labelSmoothing()),
                        or(clipNorm, optimization.clipNorm())))
                .augmentation(new Augmentation(
                        or(mirror, augmentation.mirror()),
                        or(shift, augmentation.shift()),
                        or(rotate, augmentation.rotate()),
                        or(erase, augmentation.erase())))
                .precision(or(precision, own.precision()))
                .patience(or(patience, own.patience()))
                .seed(seed)
                .validateEvery(validateEvery)
                .validationImages(validationImages)
                .distillation(distillation())
                .build();
    }

    private static <T> T or(@Nullable T chosen, T own) {
        return chosen == null ? own : chosen;
    }

    /**
     * Who teaches, for a recipe; null without a teacher.
     *
     * @throws IllegalArgumentException if a value makes no sense; the message names its flag
     */
    private @Nullable Distillation distillation() {
        if (teachers.isEmpty() && teacherWeight == null) {
            return null;
        }
        return new Distillation(
                teachers.stream().map(RecipeOptions::source).toList(),
                teacherWeight == null ? Distillation.USUAL_WEIGHT : teacherWeight);
    }

    private static Source source(ChosenModel model) {
        return new Source(model.manifest().orElseThrow().getNetwork(), Sha256.hex(model.archive()));
    }

    /** Reads the model at once, so that recipe and teacher cannot differ, and nobody waits for images to hear of a typo. */
    private static final class ModelConverter implements ITypeConverter<ChosenModel> {
        @Override
        public ChosenModel convert(String place) {
            try {
                return ModelFiles.read(Path.of(place));
            } catch (UserError e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}

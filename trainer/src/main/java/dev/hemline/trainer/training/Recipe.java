package dev.hemline.trainer.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to train; with the same recipe, data and one thread, training gives the same weights.
 *
 * @param network name of the network, as {@link Networks} knows it
 * @param epochs how often to go through the training images, at least 1
 * @param batchSize images per step of the optimizer, at least 2, because batch norm needs company
 * @param optimization how each batch changes the weights
 * @param augmentation how images are varied
 * @param precision what the network computes with while it learns
 * @param patience end after this many epochs in a row that validate no better than one before, 0 for never
 * @param seed of initial weights, shuffling and augmentation
 * @param validateEvery images between validations within an epoch, 0 for validation after each epoch only
 * @param validationImages how many images validations within an epoch look at, 0 for all
 * @param distillation which networks' answers to learn besides the labels, or null for labels alone
 */
@RecordBuilder
public record Recipe(
        String network,
        int epochs,
        int batchSize,
        Optimization optimization,
        Augmentation augmentation,
        Precision precision,
        int patience,
        long seed,
        int validateEvery,
        int validationImages,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Distillation distillation)
        implements RecipeBuilder.With {

    public Recipe {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(optimization, "optimization");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(precision, "precision");
        require(epochs >= 1 && epochs <= 10_000, "--epochs is 1 to 10000, not " + epochs);
        require(batchSize >= 2 && batchSize <= 4096, "--batch-size is 2 to 4096, not " + batchSize);
        require(patience >= 0, "--patience is 0 (never) or more, not " + patience);
        require(validateEvery >= 0, "--validate-every is 0 or more, not " + validateEvery);
        require(validationImages >= 0, "--validation-images is 0 (all) or more, not " + validationImages);
    }

    /** Its network, for images and classes like these. */
    public Network networkFor(LabelledImages images) {
        Dimensions image = new Dimensions(1, images.height(), images.width());
        return Networks.named(network, image, images.classNames().size());
    }

    /** Whether a training is over: it had all epochs, or the last so many were no better than one before them. */
    boolean isOver(List<EpochResult> history) {
        return history.size() == epochs
                || (patience > 0
                        && !history.isEmpty()
                        && history.size() - EpochResult.best(history).epoch() >= patience);
    }

    /** The teachers' share in what is to be learnt, 0 without them. */
    double teacherWeight() {
        return distillation == null ? 0 : distillation.weight();
    }

    /** Without a teacher as before there were any: checkpoints of that time are compared with it. */
    @Override
    public String toString() {
        String taught = distillation == null ? "" : ", distillation=" + distillation;
        return "Recipe[network=" + network
                + ", epochs=" + epochs
                + ", batchSize=" + batchSize
                + ", optimization=" + optimization
                + ", augmentation=" + augmentation
                + ", precision=" + precision
                + ", patience=" + patience
                + ", seed=" + seed
                + ", validateEvery=" + validateEvery
                + ", validationImages=" + validationImages
                + taught + "]";
    }

    /** @throws IllegalArgumentException with this message, unless the condition holds */
    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

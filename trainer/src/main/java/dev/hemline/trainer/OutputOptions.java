package dev.hemline.trainer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training goes that needs no broker. Use as a picocli {@code @Mixin}. */
final class OutputOptions {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write the model to this folder instead of publishing it: model.pt, manifest.json,"
                    + " history.json, and a checkpoint after each epoch. No broker is needed; hemline models publish"
                    + " sends the model later")
    @Nullable
    Path output;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint in --output, where there is one, to the same result as if nothing"
                    + " had happened")
    boolean resume;

    @Option(
            names = "--start-from",
            paramLabel = "DIR",
            description = "Begin with the best network that a training left in this folder, instead of a new one: for a"
                    + " second round, or for images of another kind")
    @Nullable
    Path startFrom;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "Judge the recipe instead of training one network: deal the training images into K parts, train"
                            + " K times on all but one of them, and print mean and deviation of the accuracy on that one. With"
                            + " --output, folds.json has them too")
    @Nullable
    Integer folds;

    /** @throws IllegalArgumentException if the flags do not go together; the message says which */
    void check() {
        if (resume && (output == null || folds != null)) {
            throw new IllegalArgumentException(
                    folds == null
                            ? "--resume needs the --output that holds the checkpoint"
                            : "--folds keeps no checkpoint that --resume could go on from");
        }
        if (startFrom != null && (output == null || folds != null)) {
            throw new IllegalArgumentException("--start-from goes with --output, and without --folds");
        }
        if (folds != null && (folds < 2 || folds > 100)) {
            throw new IllegalArgumentException("--folds is 2 to 100, not " + folds);
        }
    }
}

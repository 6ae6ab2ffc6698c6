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
}

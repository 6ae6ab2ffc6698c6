package dev.hemline.insight.data;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.Split;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the images are. Use as a picocli {@code @Mixin}. */
public final class DatasetOptions {
    /** The split that every training has, so that figures can be compared. */
    private static final long SPLIT_SEED = 1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with the four files of Fashion-MNIST, .gz or not. Default: where they are found on this"
                            + " machine, else they are fetched")
    @Nullable
    Path folder;

    /**
     * The images as trainings split them.
     *
     * @throws UserError if the dataset cannot be had
     */
    public Split load() {
        try {
            return FashionMnist.load(folder).split(SPLIT_SEED);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}

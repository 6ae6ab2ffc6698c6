package dev.hemline.insight.data;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.Split;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images to work on. Use as a picocli {@code @Mixin}. */
public final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Images: a folder with the four files of Fashion-MNIST or of a set like it, .gz or not; or a"
                    + " folder of pictures per class, DIR/CLASS/*, or DIR/train/CLASS/* and DIR/test/CLASS/*. Default:"
                    + " Fashion-MNIST, found on this machine or fetched")
    @Nullable
    Path data;

    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            converter = ImageSize.Converter.class,
            description = "What the pictures of class folders are scaled to, in grey. Default: 28x28")
    @Nullable
    ImageSize imageSize;

    /** Every training and evaluation holds out the same images, so that their figures can be compared. */
    private static final long SPLIT_SEED = 1;

    /**
     * Reads the images; where the folder does not say which are for the test, they are always the same.
     *
     * @throws UserError if they cannot be had
     */
    public Dataset load() {
        Path folder = data;
        try {
            if (folder == null || FashionMnist.isIn(folder)) {
                requireNoImageSize(folder);
                return FashionMnist.load(folder, ProgressBars::watch);
            }
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
        if (!Files.isDirectory(folder)) {
            throw new UserError("--data " + folder + " is no folder");
        }
        return ClassFolders.read(folder, imageSize == null ? ImageSize.DEFAULT : imageSize, SPLIT_SEED);
    }

    /**
     * Reads the images and holds some out for validation, always the same.
     *
     * @throws UserError if they cannot be had
     */
    public Split split() {
        return load().split(SPLIT_SEED);
    }

    private void requireNoImageSize(@Nullable Path folder) {
        if (imageSize != null) {
            throw new UserError("--image-size " + imageSize + " is for folders of pictures; the images of "
                    + (folder == null ? "Fashion-MNIST" : folder) + " are used as they are");
        }
    }
}

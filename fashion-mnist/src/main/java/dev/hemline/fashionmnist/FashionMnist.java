package dev.hemline.fashionmnist;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zalando's article images: 60,000 to train with and 10,000 to test with, 28 × 28 grey pixels, ten classes.
 *
 * @param train the images of the training file
 * @param test the images of the test file; never train or choose a model with them
 */
public record FashionMnist(LabelledImages train, LabelledImages test) {

    /** Pixels across. */
    public static final int WIDTH = 28;

    /** Pixels down. */
    public static final int HEIGHT = 28;

    /** How many classes. */
    public static final int CLASSES = 10;

    /** The classes in the order of their labels, as the dataset's own table spells them. */
    public static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /**
     * Finds the dataset, fetches it where this machine does not have it, verifies and reads it.
     *
     * <p>A folder, where one is given, must hold all four files, packed ({@code .gz}) or not; nothing else is tried.
     * Without one, the cache ({@code $XDG_CACHE_HOME} or {@code ~/.cache}, then {@code hemline/fashion-mnist}) and
     * Debian's {@code /usr/share/datasets/fashion-mnist} are searched; if neither has it, it is fetched into the cache
     * from the dataset's own site, or else from Debian's archive.
     *
     * <p>A file of the official size (60,000 or 10,000 images or labels) is taken only if the SHA-256 of its unpacked
     * content is the official one. A smaller stand-in of another size is taken only where it was put on purpose: its
     * folder must hold a file {@code SHA256SUMS}, as {@code sha256sum *-ubyte} prints it, that lists the sums of the
     * unpacked files. So nothing unverified is ever read.
     *
     * @param folder where the four files are, or null to search
     * @throws MissingDatasetException if a file is missing, or no way to fetch the dataset worked
     * @throws InvalidDatasetException if a file is truncated, altered or not an IDX file
     */
    public static FashionMnist load(@Nullable Path folder) {
        return DatasetFinder.onThisMachine(System.getenv()).find(folder);
    }

    /**
     * Cuts a validation set off the training images: one in twelve of every class, 5,000 of 60,000, drawn with a seed.
     * The same seed draws the same images on every machine.
     */
    public Split split(long seed) {
        return Split.of(this, seed);
    }
}

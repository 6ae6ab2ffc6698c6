package dev.hemline.fashionmnist;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Zalando's article images: 60,000 to train with and 10,000 to test with, 28 × 28 grey pixels, ten classes. */
public final class FashionMnist {

    /** Pixels across. */
    public static final int WIDTH = 28;

    /** Pixels down. */
    public static final int HEIGHT = 28;

    /** How many classes. */
    public static final int CLASSES = 10;

    /** The classes in the order of their labels, as the dataset's own table spells them. */
    public static final List<String> CLASS_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private FashionMnist() {}

    /**
     * Finds the dataset, fetches it where this machine does not have it, verifies and reads it; or reads another one that
     * somebody names.
     *
     * <p>Without a folder, the cache ({@code $XDG_CACHE_HOME} or {@code ~/.cache}, then {@code hemline/fashion-mnist}) and
     * Debian's {@code /usr/share/datasets/fashion-mnist} are searched; if neither has it, it is fetched into the cache from
     * the dataset's own site. There, a file of the official size (60,000 or 10,000 images or
     * labels) is taken only if the SHA-256 of its unpacked content is the official one, and a smaller stand-in only if a
     * file {@code SHA256SUMS} beside it, as {@code sha256sum *-ubyte} prints it, lists it.
     *
     * <p>A folder that is given must hold the four files of any such set, Fashion-MNIST or not, packed ({@code .gz}) or
     * not; nothing else is tried. {@link GivenFolder} says what it is checked for and where its classes come from.
     *
     * @param folder where the four files are, or null to search
     * @param progress shows how a download gets on
     * @throws DatasetException if a file is missing and the dataset could not be fetched, or a file is truncated, altered
     *     or not an IDX file
     */
    public static Dataset load(@Nullable Path folder, DownloadProgress progress) {
        return DatasetFinder.onThisMachine(System.getenv(), progress).find(folder);
    }

    /** As {@link #load(Path, DownloadProgress)}, in silence. */
    public static Dataset load(@Nullable Path folder) {
        return load(folder, (body, name, bytes) -> body);
    }

    /** Shows somebody how a download gets on. */
    @FunctionalInterface
    public interface DownloadProgress {
        /**
         * The same bytes, shown while they are read; closing it ends that.
         *
         * @param bytes how many will come, or -1 if nobody knows
         */
        InputStream watch(InputStream body, String name, long bytes);
    }

    /** Whether one of the four files is in a folder, so that it is meant for {@link #load}. */
    public static boolean isIn(Path folder) {
        return DatasetFile.isAnyIn(folder);
    }
}

package dev.hemline.fashionmnist;

import dev.hemline.fashionmnist.FashionMnist.DownloadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for the dataset in the places where it may be, and has it fetched into the cache otherwise. */
final class DatasetFinder {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetFinder.class);
    private static final Path DEBIAN_FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private final Path cache;
    private final Path system;
    private final OfficialSite site;

    DatasetFinder(Path cache, Path system, OfficialSite site) {
        this.cache = cache;
        this.system = system;
        this.site = site;
    }

    /** The finder with the places that {@link FashionMnist#load} promises. */
    static DatasetFinder onThisMachine(Map<String, String> environment, DownloadProgress progress) {
        return new DatasetFinder(cacheFolder(environment), DEBIAN_FOLDER, new OfficialSite(progress));
    }

    /** Where a fetched dataset is kept for the person whose environment this is. */
    static Path cacheFolder(Map<String, String> environment) {
        Path base = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        if (!base.isAbsolute()) {
            // the specification of XDG_CACHE_HOME asks to ignore a relative one
            base = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
        }
        return base.resolve("hemline").resolve("fashion-mnist");
    }

    Dataset find(@Nullable Path given) {
        if (given != null) {
            return new GivenFolder(given).read();
        }
        if (DatasetFile.areAllIn(cache)) {
            return IdxFiles.read(cache, "Delete it, and it is fetched again.").asFashionMnist();
        }
        if (DatasetFile.areAllIn(system)) {
            return IdxFiles.read(system, "Install Debian's package dataset-fashion-mnist again, or pass --data FOLDER.")
                    .asFashionMnist();
        }
        return fetch();
    }

    private Dataset fetch() {
        LOG.info("Fashion-MNIST is not on this machine yet; fetching it from {}", site);
        try {
            return fillCache();
        } catch (IOException | DatasetException e) {
            throw new DatasetException("Fashion-MNIST is neither in " + cache + " nor in " + system
                    + ", and fetching it failed: from " + site + " (" + e.getMessage() + "). Put its four .gz files ("
                    + DatasetFile.TRAIN_IMAGES.packedName()
                    + " and so on) into a folder and pass --data FOLDER; Debian has them as package"
                    + " dataset-fashion-mnist.");
        }
    }

    /** Only whole, verified files ever appear in the cache. */
    private Dataset fillCache() throws IOException {
        Path arrivals = newFolderInCache();
        try {
            site.fetchInto(arrivals);
            Dataset dataset = IdxFiles.read(arrivals, "What was fetched is not the dataset.")
                    .asFashionMnist();
            for (DatasetFile file : DatasetFile.values()) {
                Path arrived = file.in(arrivals).orElseThrow();
                Path kept = cache.resolve(arrived.getFileName());
                Files.move(arrived, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return dataset;
        } finally {
            try (Stream<Path> rest = Files.list(arrivals)) {
                for (Path file : rest.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(arrivals);
        }
    }

    /** Beside the files that come of it, so that moving them is one atomic step. */
    private Path newFolderInCache() throws IOException {
        try {
            return Files.createTempDirectory(Files.createDirectories(cache), "fetching-");
        } catch (IOException e) {
            throw new IOException(
                    "the cache folder " + cache + " cannot be written to; XDG_CACHE_HOME may name another", e);
        }
    }
}

package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The folder where a fetched dataset is kept for the next time. Only whole, verified files ever appear in it. */
final class DatasetCache {

    private final DatasetFolder folder;

    DatasetCache(Path folder) {
        this.folder = new DatasetFolder(folder, "Delete it, and it is fetched again.");
    }

    /** The cache of the person whose environment this is. */
    static DatasetCache of(Map<String, String> environment) {
        Path base = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        if (!base.isAbsolute()) {
            // the specification of XDG_CACHE_HOME asks to ignore a relative one
            base = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
        }
        return new DatasetCache(base.resolve("hemline").resolve("fashion-mnist"));
    }

    DatasetFolder folder() {
        return folder;
    }

    /**
     * Fetches, verifies and keeps the dataset.
     *
     * @throws IOException if the way does not work, or the cache cannot be written to
     * @throws DatasetException if what came is not the dataset
     */
    Dataset fill(FetchWay way) throws IOException {
        try (TemporaryFolder arrivals = makeRoom()) {
            way.fetchInto(arrivals.path());
            Dataset dataset = new DatasetFolder(arrivals.path(), "What was fetched is not the dataset.").read();
            for (DatasetFile file : DatasetFile.values()) {
                Path arrived = file.in(arrivals.path()).orElseThrow();
                Path kept = folder.path().resolve(arrived.getFileName());
                Files.move(arrived, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return dataset;
        }
    }

    private TemporaryFolder makeRoom() throws IOException {
        try {
            return TemporaryFolder.in(Files.createDirectories(folder.path()));
        } catch (IOException e) {
            throw new IOException(
                    "the cache folder " + folder.path() + " cannot be written to; XDG_CACHE_HOME may name another", e);
        }
    }
}

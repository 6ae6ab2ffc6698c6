package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for the dataset in the places where it may be, and has it fetched into the cache otherwise. */
final class DatasetFinder {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetFinder.class);
    private static final Path DEBIAN_FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private final DatasetCache cache;
    private final DatasetFolder system;
    private final List<FetchWay> ways;

    DatasetFinder(DatasetCache cache, Path systemFolder, List<FetchWay> ways) {
        this.cache = cache;
        this.system = new DatasetFolder(
                systemFolder, "Install Debian's package dataset-fashion-mnist again, or pass --data FOLDER.");
        this.ways = List.copyOf(ways);
    }

    /** The finder with the places and ways that {@link FashionMnist#load} promises. */
    static DatasetFinder onThisMachine(Map<String, String> environment) {
        return new DatasetFinder(
                DatasetCache.of(environment),
                DEBIAN_FOLDER,
                List.of(new OfficialSite(), DebianPackage.onThisMachine(environment)));
    }

    Dataset find(@Nullable Path given) {
        if (given != null) {
            return new GivenFolder(given).read();
        }
        Optional<DatasetFolder> here = Stream.of(cache.folder(), system)
                .filter(folder -> folder.missing().isEmpty())
                .findFirst();
        return here.isPresent() ? here.get().read() : fetch();
    }

    private Dataset fetch() {
        List<String> failures = new ArrayList<>();
        for (FetchWay way : ways) {
            LOG.info("Fashion-MNIST is not on this machine yet; fetching it from {}", way.from());
            try {
                return cache.fill(way);
            } catch (IOException | DatasetException e) {
                LOG.info("That did not work: {}", e.getMessage());
                failures.add(way.from() + " (" + e.getMessage() + ")");
            }
        }
        throw new MissingDatasetException(
                "Fashion-MNIST is neither in " + cache.folder().path() + " nor in "
                        + system.path() + ", and fetching it failed: from "
                        + failures.stream().collect(Collectors.joining("; from "))
                        + ". Put its four .gz files (" + DatasetFile.TRAIN_IMAGES.packedName()
                        + " and so on) into a folder and pass --data FOLDER.");
    }
}

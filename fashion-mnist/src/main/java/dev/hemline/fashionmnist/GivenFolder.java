package dev.hemline.fashionmnist;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that somebody names: it may hold the four files of any dataset, of images of any size and up to 256 classes.
 *
 * <p>Where it holds {@code SHA256SUMS}, all four files must be listed there and match. Where it does not, they are taken
 * as they are, but not if some are Fashion-MNIST's and others are not: then one was altered or mixed up.
 *
 * <p>Classes are called what {@code labels.txt} or {@code classes.txt} says, one a line; else Fashion-MNIST's are called
 * as it calls them, and those of other sets 0, 1, 2 and so on.
 */
record GivenFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(GivenFolder.class);
    private static final String REMEDY =
            "Replace it with the original, or leave --data away to have Fashion-MNIST found or fetched.";

    Dataset read() {
        IdxFiles files = IdxFiles.read(path, REMEDY);
        Checksums sums = Checksums.of(path);
        if (sums.areListed()) {
            checkAgainst(sums, files);
        } else if (!files.areFashionMnist()) {
            refuseMixture(files);
            LOG.info(
                    "{} is no Fashion-MNIST and holds no {}; its files are taken as they are",
                    path,
                    Checksums.FILE_NAME);
        }
        return files.dataset(classNames(files));
    }

    private static void checkAgainst(Checksums sums, IdxFiles files) {
        for (DatasetFile file : DatasetFile.values()) {
            sums.problemWithListed(file, files.get(file)).ifPresent(problem -> {
                throw files.invalid(file, problem);
            });
        }
    }

    private static void refuseMixture(IdxFiles files) {
        List<DatasetFile> foreign = Arrays.stream(DatasetFile.values())
                .filter(file -> !files.isOfficial(file))
                .toList();
        if (foreign.size() < DatasetFile.values().length) {
            throw files.invalid(foreign.get(0), "is altered: other files beside it are Fashion-MNIST's, and it is not");
        }
    }

    private List<String> classNames(IdxFiles files) {
        List<String> named = ClassNames.in(path, files.classes());
        if (!named.isEmpty()) {
            return named;
        }
        return files.areFashionMnist()
                ? FashionMnist.CLASS_NAMES
                : IntStream.range(0, files.classes()).mapToObj(String::valueOf).toList();
    }
}

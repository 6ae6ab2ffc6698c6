package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static final List<String> NAMES_FILES = List.of("labels.txt", "classes.txt");
    private static final String NAMES_REMEDY = "Write one name a line, the first for label 0";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    Dataset read() {
        IdxFiles files = IdxFiles.read(path, REMEDY);
        Checksums sums = Checksums.of(path);
        if (sums.areListed()) {
            files.check(sums::problemWithListed);
        } else if (!files.areFashionMnist()) {
            refuseMixture(files);
            LOG.info(
                    "{} is no Fashion-MNIST and holds no {}; its files are taken as they are",
                    path,
                    Checksums.FILE_NAME);
        }
        return files.dataset(classNames(files));
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
        return NAMES_FILES.stream()
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> read(file, files.classes()))
                .orElseGet(() -> files.areFashionMnist()
                        ? FashionMnist.CLASS_NAMES
                        : IntStream.range(0, files.classes())
                                .mapToObj(String::valueOf)
                                .toList());
    }

    /**
     * Names, one a line, the first for label 0.
     *
     * @param classes how many there must be at least
     * @throws DatasetException if the file cannot be read, names too few or too many, or one twice
     */
    private static List<String> read(Path file, int classes) {
        List<String> names = lines(file);
        if (names.size() < classes || names.size() > LabelledImages.MOST_CLASSES) {
            throw new DatasetException(
                    file,
                    "names " + names.size() + " classes; the labels go up to " + (classes - 1)
                            + ", and there are at most " + LabelledImages.MOST_CLASSES,
                    NAMES_REMEDY + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new DatasetException(file, "names " + name + " twice", NAMES_REMEDY + ", each another one.");
            }
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .replace(BYTE_ORDER_MARK, "")
                    .lines()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(file, "cannot be read as UTF-8 text (" + e + ")", NAMES_REMEDY + ".");
        }
    }
}

package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The four files of a folder, each of them whole and well-formed; whether they are the right ones is for others to say. */
final class IdxFiles {

    private final Path folder;
    private final String remedy;
    private final Map<DatasetFile, IdxFile> files = new EnumMap<>(DatasetFile.class);

    private IdxFiles(Path folder, String remedy) {
        this.folder = folder;
        this.remedy = remedy;
    }

    /**
     * Reads all four.
     *
     * @param remedy what to do about a bad file in this folder, a sentence for a person
     * @throws DatasetException if a file is not there, or is no whole IDX file
     */
    static IdxFiles read(Path folder, String remedy) {
        IdxFiles all = new IdxFiles(folder, remedy);
        for (DatasetFile file : DatasetFile.values()) {
            Path found = all.locate(file);
            try {
                all.files.put(file, file.holdsImages() ? IdxFile.readImages(found) : IdxFile.readLabels(found));
            } catch (IOException e) {
                throw new DatasetException(found, String.valueOf(e.getMessage()), remedy);
            }
        }
        return all;
    }

    IdxFile get(DatasetFile file) {
        IdxFile read = files.get(file);
        if (read == null) {
            throw new IllegalStateException(file + " was not read");
        }
        return read;
    }

    /**
     * These files as Fashion-MNIST, or as a stand-in for it that was put into the folder on purpose.
     *
     * @throws DatasetException if a file is not what it should be
     */
    Dataset asFashionMnist() {
        check(Checksums.of(folder)::problemWith);
        return dataset(FashionMnist.CLASS_NAMES);
    }

    /** @param problem what is wrong with a file's content, or nothing */
    void check(BiFunction<DatasetFile, IdxFile, Optional<String>> problem) {
        files.forEach((file, idx) -> problem.apply(file, idx).ifPresent(sentence -> {
            throw invalid(file, sentence);
        }));
    }

    /** Whether these are the files as they were published. */
    boolean areFashionMnist() {
        return Arrays.stream(DatasetFile.values()).allMatch(this::isOfficial);
    }

    boolean isOfficial(DatasetFile file) {
        return get(file).sha256().equals(file.officialSha256);
    }

    /** How many classes there must be for every label to be one. */
    int classes() {
        int highest = 0;
        for (DatasetFile file : List.of(DatasetFile.TRAIN_LABELS, DatasetFile.TEST_LABELS)) {
            for (byte label : get(file).content()) {
                highest = Math.max(highest, label & 0xff);
            }
        }
        return highest + 1;
    }

    /** @throws DatasetException if the files do not fit each other or the classes */
    Dataset dataset(List<String> classNames) {
        LabelledImages train = images(DatasetFile.TRAIN_IMAGES, DatasetFile.TRAIN_LABELS, classNames);
        LabelledImages test = images(DatasetFile.TEST_IMAGES, DatasetFile.TEST_LABELS, classNames);
        try {
            return new Dataset(train, test);
        } catch (IllegalArgumentException e) {
            throw invalid(DatasetFile.TEST_IMAGES, "does not fit the training file: " + e.getMessage());
        }
    }

    /** What to throw about a file of these. */
    DatasetException invalid(DatasetFile file, String problem) {
        return new DatasetException(locate(file), problem, remedy);
    }

    private LabelledImages images(DatasetFile imagesFile, DatasetFile labelsFile, List<String> classNames) {
        IdxFile images = get(imagesFile);
        IdxFile labels = get(labelsFile);
        if (images.count() != labels.count()) {
            throw invalid(
                    labelsFile,
                    String.format(
                            Locale.ROOT,
                            "holds %,d labels for the %,d images of %s",
                            labels.count(),
                            images.count(),
                            locate(imagesFile)));
        }
        try {
            return LabelledImages.of(images.width(), images.height(), classNames, images.content(), labels.content());
        } catch (IllegalArgumentException e) {
            throw invalid(labelsFile, "is wrong: " + e.getMessage());
        }
    }

    private Path locate(DatasetFile file) {
        return file.in(folder)
                .orElseThrow(() -> new DatasetException(folder.resolve(file.packedName())
                        + " is missing. Put all four files of the dataset into that folder, or leave --data away to have"
                        + " Fashion-MNIST found or fetched."));
    }
}

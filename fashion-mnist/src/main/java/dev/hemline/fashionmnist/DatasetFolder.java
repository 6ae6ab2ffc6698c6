package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A folder that should hold the four files.
 *
 * @param path the folder
 * @param remedy what to do about a bad file in this folder, a sentence for a person
 */
record DatasetFolder(Path path, String remedy) {

    /** The files that are not there. */
    List<DatasetFile> missing() {
        return Arrays.stream(DatasetFile.values())
                .filter(file -> file.in(path).isEmpty())
                .toList();
    }

    /**
     * Reads and verifies all four files.
     *
     * @throws MissingDatasetException if a file is not there
     * @throws InvalidDatasetException if a file is not what it should be
     */
    FashionMnist read() {
        return new FashionMnist(
                read(DatasetFile.TRAIN_IMAGES, DatasetFile.TRAIN_LABELS),
                read(DatasetFile.TEST_IMAGES, DatasetFile.TEST_LABELS));
    }

    private LabelledImages read(DatasetFile images, DatasetFile labels) {
        IdxFile imagesIdx = read(images);
        IdxFile labelsIdx = read(labels);
        Path labelsPath = locate(labels);
        if (imagesIdx.count() != labelsIdx.count()) {
            throw new InvalidDatasetException(
                    labelsPath,
                    "holds %,d labels for the %,d images of %s"
                            .formatted(labelsIdx.count(), imagesIdx.count(), locate(images)),
                    remedy);
        }
        try {
            return LabelledImages.wrap(imagesIdx.content(), labelsIdx.content());
        } catch (IllegalArgumentException e) {
            throw new InvalidDatasetException(labelsPath, "is wrong: " + e.getMessage(), remedy);
        }
    }

    private IdxFile read(DatasetFile file) {
        Path found = locate(file);
        try {
            IdxFile idx = file.holdsImages() ? IdxFile.readImages(found) : IdxFile.readLabels(found);
            Checksums.of(path).problemWith(file, idx).ifPresent(problem -> {
                throw new InvalidDatasetException(found, problem, remedy);
            });
            return idx;
        } catch (IOException e) {
            throw new InvalidDatasetException(found, String.valueOf(e.getMessage()), remedy);
        }
    }

    private Path locate(DatasetFile file) {
        return file.in(path)
                .orElseThrow(() -> new MissingDatasetException(path.resolve(file.packedName())
                        + " is missing. Put the four .gz files of Fashion-MNIST into that folder, or leave --data away to"
                        + " have them found or fetched."));
    }
}

package dev.hemline.fashionmnist;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A folder that should hold the four files of Fashion-MNIST, or of a stand-in that was put there on purpose.
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
     * @throws DatasetException if a file is not there, or not what it should be
     */
    Dataset read() {
        IdxFiles files = IdxFiles.read(path, remedy);
        Checksums sums = Checksums.of(path);
        for (DatasetFile file : DatasetFile.values()) {
            sums.problemWith(file, files.get(file)).ifPresent(problem -> {
                throw files.invalid(file, problem);
            });
        }
        return files.dataset(FashionMnist.CLASS_NAMES);
    }
}

package dev.hemline.fashionmnist;

import java.nio.file.Path;

/** A file of the dataset is there, but it is not what it should be: truncated, altered, or no IDX file at all. */
public final class InvalidDatasetException extends DatasetException {

    InvalidDatasetException(Path file, String problem, String remedy) {
        super(file + " " + problem + ". " + remedy);
    }
}

package dev.hemline.fashionmnist;

import java.nio.file.Path;

/**
 * The dataset cannot be had: a file is missing and could not be fetched, or is truncated, altered or no IDX file. The
 * message is what a person reads: what is wrong, and what to do.
 */
public final class DatasetException extends RuntimeException {

    DatasetException(String message) {
        super(message);
    }

    /** About a file that is there, but is not what it should be. */
    DatasetException(Path file, String problem, String remedy) {
        this(file + " " + problem + ". " + remedy);
    }
}

package dev.hemline.fashionmnist;

/** A file of the dataset, or all of it, is not on this machine and could not be fetched. */
public final class MissingDatasetException extends DatasetException {

    MissingDatasetException(String message) {
        super(message);
    }
}

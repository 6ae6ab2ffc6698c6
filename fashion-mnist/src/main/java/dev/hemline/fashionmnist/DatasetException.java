package dev.hemline.fashionmnist;

/** The dataset cannot be had. The message is what a person reads: what is wrong, and what to do. */
public abstract sealed class DatasetException extends RuntimeException
        permits InvalidDatasetException, MissingDatasetException {

    DatasetException(String message) {
        super(message);
    }
}

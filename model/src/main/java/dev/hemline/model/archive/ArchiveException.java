package dev.hemline.model.archive;

/** Says in a sentence why a file is not an archive that can be read. */
public final class ArchiveException extends Exception {
    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.hemline.model.signing;

/** A file of keys that cannot be used; the message names it and says why. */
public final class KeyFileException extends Exception {
    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}

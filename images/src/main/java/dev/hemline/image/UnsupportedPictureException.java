package dev.hemline.image;

import java.io.IOException;

/** A file that may be whole, of a kind that is not read; the message says which kind is. */
final class UnsupportedPictureException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedPictureException(String message) {
        super(message);
    }
}

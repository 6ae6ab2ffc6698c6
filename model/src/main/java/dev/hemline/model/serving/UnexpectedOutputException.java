package dev.hemline.model.serving;

/** A network answered with more or fewer numbers than there are labels. */
final class UnexpectedOutputException extends RuntimeException {
    UnexpectedOutputException(String message) {
        super(message);
    }
}

package dev.hemline.trainer;

/** What serves tells other classes apart than what would be trained, so that nobody can say which is better. */
final class NotComparableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotComparableException(String message) {
        super(message);
    }
}

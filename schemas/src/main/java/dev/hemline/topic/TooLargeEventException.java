package dev.hemline.topic;

/** An event that unpacks to more than its readers take; they never had its bytes. */
public final class TooLargeEventException extends UndecodableEventException {
    private static final long serialVersionUID = 1L;

    TooLargeEventException(String message) {
        super(Rejection.TOO_LARGE, message, null);
    }
}

package dev.hemline.topic;

/** The picture that an event says is elsewhere cannot be had from there, however often it is asked for. */
public final class NotFetchedException extends UndecodableEventException {
    private static final long serialVersionUID = 1L;

    public NotFetchedException(String message) {
        super(Rejection.NOT_FETCHED, message, null);
    }
}

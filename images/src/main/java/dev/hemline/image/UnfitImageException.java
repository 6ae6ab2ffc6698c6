package dev.hemline.image;

import dev.hemline.topic.Rejection;

/** A picture that cannot be turned into a model's input; the message tells its sender what to change. */
public final class UnfitImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;

    public UnfitImageException(Rejection reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnfitImageException(Rejection reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Rejection reason() {
        return reason;
    }
}

package dev.hemline.topic;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Bytes that are not the event they were expected to be; the message says why and names the expected schema. */
public sealed class UndecodableEventException extends SerializationException
        permits NotFetchedException, TooLargeEventException, UnknownSchemaException {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;

    public UndecodableEventException(String message) {
        this(message, null);
    }

    public UndecodableEventException(String message, @Nullable Throwable cause) {
        this(Rejection.UNDECODABLE_EVENT, message, cause);
    }

    UndecodableEventException(Rejection reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Under which code its sender is told. */
    public Rejection reason() {
        return reason;
    }
}

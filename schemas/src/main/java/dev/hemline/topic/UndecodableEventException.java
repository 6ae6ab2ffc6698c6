package dev.hemline.topic;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are not the event they were expected to be; the message says why and names the expected schema. */
public sealed class UndecodableEventException extends SerializationException
        permits TooLargeEventException, UnknownSchemaException {
    private static final long serialVersionUID = 1L;

    public UndecodableEventException(String message) {
        super(message);
    }

    public UndecodableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}

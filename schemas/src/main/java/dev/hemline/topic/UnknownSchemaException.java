package dev.hemline.topic;

import org.jspecify.annotations.Nullable;

/** The schema that an event names as its writer's is not known, or nothing that our own could be read from. */
public final class UnknownSchemaException extends UndecodableEventException {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        this(message, null);
    }

    UnknownSchemaException(String message, @Nullable Throwable cause) {
        super(Rejection.UNKNOWN_SCHEMA, message, cause);
    }
}

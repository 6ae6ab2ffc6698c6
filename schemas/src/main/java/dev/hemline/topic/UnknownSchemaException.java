package dev.hemline.topic;

/** The schema that an event names as its writer's is not known, or nothing that our own could be read from. */
public final class UnknownSchemaException extends UndecodableEventException {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(String message) {
        super(message);
    }

    UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}

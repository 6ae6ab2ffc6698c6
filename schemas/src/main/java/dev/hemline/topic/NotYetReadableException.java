package dev.hemline.topic;

import org.apache.kafka.common.errors.RetriableException;

/** What an event needs to be read is not there yet, and is being fetched; nothing is wrong with the event so far. */
public final class NotYetReadableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public NotYetReadableException(String message) {
        super(message);
    }
}

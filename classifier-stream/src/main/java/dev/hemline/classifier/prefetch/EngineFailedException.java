package dev.hemline.classifier.prefetch;

import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/** The engine failed as a whole, or answers nobody. Nothing around the stream is to blame, whatever the cause looks like. */
public final class EngineFailedException extends StreamsException {
    private static final long serialVersionUID = 1L;

    public EngineFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

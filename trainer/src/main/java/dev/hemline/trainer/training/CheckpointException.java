package dev.hemline.trainer.training;

/** A checkpoint that cannot be written or gone on from; the message says in one line what is wrong and what to do. */
public final class CheckpointException extends RuntimeException {
    CheckpointException(String message) {
        super(message);
    }

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}

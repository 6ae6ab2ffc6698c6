package dev.hemline.trainer.training;

import dev.hemline.service.UserError;

/** Nothing comes of this training, as the message says; a trainer that stays up goes on to the next. */
public final class TrainingFailedException extends UserError {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }
}

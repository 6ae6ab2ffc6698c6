package dev.hemline.control.models;

import dev.hemline.service.UserError;

/** Somebody else began to steer the model meanwhile, so nothing was changed. */
final class SteeredMeanwhileException extends UserError {
    private static final long serialVersionUID = 1L;

    SteeredMeanwhileException(String model, Throwable cause) {
        super(
                "Others change " + model + " all the time, so this one changed nothing; look with hemline models list"
                        + " and try again",
                cause);
    }
}

package dev.hemline.model.publish;

/** Somebody else publishes versions of this model now; whoever gets this has to stop. */
public final class FencedPublisherException extends RuntimeException {
    /** @param name of the model */
    public FencedPublisherException(String name, Throwable cause) {
        super(
                "another trainer of model " + name + " was started after this one and took over; only one can publish",
                cause);
    }
}

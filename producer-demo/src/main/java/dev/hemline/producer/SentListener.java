package dev.hemline.producer;

/** Hears what is sent, on the producer's thread. */
@FunctionalInterface
public interface SentListener {
    /** Hears nothing. */
    SentListener NONE = (id, label) -> {};

    /**
     * A good event was handed over.
     *
     * @param label what it shows, whether others get to know that or not
     */
    void sent(String id, int label);
}

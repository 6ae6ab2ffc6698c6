package dev.hemline.model.serving;

import java.nio.ByteBuffer;

/** Classifies batches; owned by one thread. */
public interface ImageClassifier extends AutoCloseable {

    /**
     * Classifies a batch.
     *
     * @param pixels n × channels × height × width unsigned bytes from its position on, image after image, channel by
     *     channel; neither position nor content change
     * @param n how many images, at least 1
     * @return n rows of probabilities in the order of the manifest's labels, each row summing to 1
     * @throws IllegalArgumentException if n is below 1 or {@code pixels} holds fewer bytes
     */
    float[][] classify(ByteBuffer pixels, int n);

    /** Frees what this classifier holds, not the model. Closing again does nothing. */
    @Override
    void close();
}

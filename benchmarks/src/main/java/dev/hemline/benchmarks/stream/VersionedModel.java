package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.util.Map;

/**
 * The model that every way has, published again and again: each version is loaded, tried out and swapped in like any other,
 * and answers as the one before did.
 */
public final class VersionedModel implements AutoCloseable {
    private static final String NAME = "measured";

    private final UntrainedModel model;
    private final ModelPublisher publisher;

    private VersionedModel(UntrainedModel model, ModelPublisher publisher) {
        this.model = model;
        this.publisher = publisher;
    }

    /** Nothing is published yet. */
    public static VersionedModel open(KafkaSettings kafka, PeerModel served) {
        UntrainedModel model = served.published();
        return new VersionedModel(model, ModelPublisher.open(NAME, kafka.client(Map.of())));
    }

    /** Puts the next version onto the topic, and tells its number: 1, 2, 3, … */
    public int publish() {
        return publisher.publish(model.draft(), model.archive()).getVersion();
    }

    @Override
    public void close() {
        publisher.close();
    }
}

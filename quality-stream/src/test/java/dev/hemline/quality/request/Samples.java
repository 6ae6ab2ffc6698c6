package dev.hemline.quality.request;

import dev.hemline.event.Sample;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Samples for tests, of a model with two classes. */
final class Samples {
    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.LABEL_REQUESTS.valueSerde();
    }

    private Samples() {}

    /** @param second probability of the class that it did not give */
    static Sample of(String id, float second) {
        return Sample.newBuilder()
                .setId(id)
                .setSource("shop")
                .setChannels(1)
                .setHeight(1)
                .setWidth(2)
                .setPixels(ByteBuffer.allocate(2))
                .setProbabilities(List.of(second, 1 - second))
                .setModelName("clothes")
                .setModelVersion(12)
                .setShare(0.5)
                .setCapturedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }

    static Candidate candidate(String id, float second, double lot, long now) {
        return candidate(id, second, "", lot, now);
    }

    static Candidate candidate(String id, float second, String episode, double lot, long now) {
        return Candidate.of(of(id, second), 3, 17, episode, lot, now);
    }
}

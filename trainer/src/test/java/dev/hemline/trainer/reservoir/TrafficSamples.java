package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures of live traffic, of the size and the ten classes of Fashion-MNIST. */
public final class TrafficSamples {
    public static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final int CLASSES = 10;
    private static final int SIDE = 28;

    private TrafficSamples() {}

    /** A black one that version 1 took for class 0. */
    static Sample sample(String id) {
        return sample(id, 1, 0, NOON);
    }

    static Sample sample(String id, int version, int predicted, Instant at) {
        return builder(id, version, predicted, at).build();
    }

    static Sample.Builder builder(String id, int version, int predicted, Instant at) {
        return Sample.newBuilder()
                .setId(id)
                .setSource("camera")
                .setChannels(1)
                .setHeight(SIDE)
                .setWidth(SIDE)
                .setPixels(ByteBuffer.wrap(new byte[SIDE * SIDE]))
                .setProbabilities(probabilities(predicted))
                .setModelName("fashion-mnist")
                .setModelVersion(version)
                .setShare(1)
                .setCapturedAt(at)
                .setClassifiedAt(at);
    }

    private static List<Float> probabilities(int predicted) {
        Float[] row = Collections.nCopies(CLASSES, 0.02f).toArray(new Float[0]);
        row[predicted] = 0.82f;
        return List.of(row);
    }

    static GroundTruth truth(String id, int label) {
        return truth(id, label, NOON);
    }

    static GroundTruth truth(String id, int label, Instant at) {
        return new GroundTruth(id, label, at, "ann");
    }

    static LabelRequest request(String id, RequestReason reason) {
        return LabelRequest.newBuilder()
                .setId(id)
                .setSource("camera")
                .setReason(reason)
                .setModelName("fashion-mnist")
                .setModelVersion(1)
                .setClasses(CLASSES)
                .setPredicted(0)
                .setMargin(0.8f)
                .setSamplePartition(0)
                .setSampleOffset(0)
                .setRequestedAt(NOON)
                .build();
    }

    /** One of which version 1 was sure. */
    public static Sample sure(String id, int predicted) {
        Float[] row = Collections.nCopies(CLASSES, 0.001f).toArray(new Float[0]);
        row[predicted] = 0.99f;
        return builder(id, 1, predicted, NOON).setProbabilities(List.of(row)).build();
    }

    /** What is known of them where everybody is believed. */
    public static List<LabelledSample> decided(List<Ballot> ballots) {
        return ballots.stream()
                .flatMap(ballot -> ballot.decided(by -> true).stream())
                .toList();
    }

    static Vote vote(String by, int label, Instant at) {
        return new Vote(by, label, at, at);
    }

    /** What one labeller says of a sample. */
    static Ballot ballot(Sample sample, int label, Instant at, @Nullable RequestReason reason) {
        return new Ballot(sample, List.of(vote("ann", label, at)), reason);
    }

    /** One of class 0 whose label came then. */
    static Ballot ballot(String id, int label, Instant arrivedAt) {
        return ballot(sample(id), label, arrivedAt, null);
    }

    static LabelledSample labelled(Sample sample, int label) {
        return ballot(sample, label, NOON, null).decided(by -> true).orElseThrow();
    }

    static LabelledSample labelled(String id, int label, Instant arrivedAt) {
        return ballot(id, label, arrivedAt).decided(by -> true).orElseThrow();
    }

    /** One that a version answered, rightly or not, and that had its label a second later. */
    public static LabelledSample answered(
            String id, int version, boolean right, Instant at, @Nullable RequestReason reason) {
        Instant labelledAt = at.plusSeconds(1);
        return ballot(sample(id, version, 3, at), right ? 3 : 4, labelledAt, reason)
                .decided(by -> true)
                .orElseThrow();
    }
}

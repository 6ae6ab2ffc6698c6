package dev.hemline.testbed;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Events as they might be, for tests that care about a field or two. */
public final class TestEvents {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private TestEvents() {}

    public static ImageEvent.Builder image(String id) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(NOON)
                .setFormat(ImageFormat.GRAY8)
                .setWidth(2)
                .setHeight(1)
                .setContent(ByteBuffer.wrap(new byte[] {0, 1}));
    }

    /** An ankle boot, label 9. */
    public static Classification.Builder classification(String id, int version) {
        return Classification.newBuilder()
                .setId(id)
                .setSource("test")
                .setLabel(9)
                .setLabelName("Ankle boot")
                .setConfidence(0.875f)
                .setProbabilities(List.of(0.125f, 0.875f))
                .setModelName("fashion-mnist")
                .setModelVersion(version)
                .setModelSha256("0123456789ab")
                .setCapturedAt(NOON)
                .setClassifiedAt(NOON.plusMillis(20));
    }
}

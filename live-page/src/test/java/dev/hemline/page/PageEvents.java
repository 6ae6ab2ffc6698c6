package dev.hemline.page;

import dev.hemline.event.Classification;
import java.time.Instant;
import java.util.List;

/** Results as they might be. */
final class PageEvents {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private PageEvents() {}

    /** Class 2 is the best of four, then 0, then 3. */
    static Classification result(String id, long millis) {
        return Classification.newBuilder()
                .setId(id)
                .setSource("test")
                .setLabel(2)
                .setLabelName("Pullover")
                .setConfidence(0.6f)
                .setProbabilities(List.of(0.2f, 0.05f, 0.6f, 0.15f))
                .setModelName("fashion-mnist")
                .setModelVersion(7)
                .setModelSha256("0123456789ab")
                .setCapturedAt(NOON)
                .setClassifiedAt(NOON.plusMillis(millis))
                .build();
    }
}

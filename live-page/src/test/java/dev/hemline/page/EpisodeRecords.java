package dev.hemline.page;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.List;

/** What a trainer tells of model {@code m}, whose version 12 served when its pictures changed at noon. */
final class EpisodeRecords {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static final EpisodeStep ALARMED = step(EpisodeStepKind.ALARMED, 6, "pictures of web have changed");
    static final EpisodeStep LABELLED =
            new EpisodeStep(EpisodeStepKind.LABELLED, NOON.plusSeconds(40), null, 180, 0.25, "");
    static final EpisodeStep REFRESHED =
            new EpisodeStep(EpisodeStepKind.REFRESHED, NOON.plusSeconds(73), 13, null, null, "");

    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.EPISODES.valueSerde();
    }

    private EpisodeRecords() {}

    static EpisodeStep step(EpisodeStepKind kind, long seconds, String reason) {
        return new EpisodeStep(kind, NOON.plusSeconds(seconds), null, null, null, reason);
    }

    /** It began seven seconds after the onset. */
    static Episode.Builder episode(String id, EpisodeState state, EpisodeStep... steps) {
        return Episode.newBuilder()
                .setId(id)
                .setModelName("m")
                .setModelVersion(12)
                .setCause(EpisodeCause.DRIFT)
                .setSource("web")
                .setOnsetAt(NOON)
                .setBegunAt(NOON.plusSeconds(7))
                .setLabelsWanted(200)
                .setState(state)
                .setSteps(List.of(steps))
                .setChangedAt(NOON.plusSeconds(99));
    }
}

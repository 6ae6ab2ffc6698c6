package dev.hemline.quality.request;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import java.time.Instant;
import java.util.List;

/** Episodes of the model of {@link Samples}. */
final class Episodes {
    private Episodes() {}

    static Episode labelling(String id, int labels) {
        return Episode.newBuilder()
                .setId(id)
                .setModelName("clothes")
                .setModelVersion(12)
                .setCause(EpisodeCause.DRIFT)
                .setOnsetAt(Instant.EPOCH)
                .setBegunAt(Instant.EPOCH)
                .setLabelsWanted(labels)
                .setState(EpisodeState.LABELLING)
                .setSteps(List.of())
                .setChangedAt(Instant.EPOCH)
                .build();
    }
}

package dev.hemline.trainer.episode;

import dev.hemline.event.DriftKind;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.Sample;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.publish.Retention;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether a picture was answered by a version that knows such pictures, as far as anybody can tell: one that was trained from nothing, and of which no alarm was heard and no
 * episode was under way at the time, but for one that labels alone began: they may be what is wrong.
 *
 * @param drifts what was told of drift
 * @param episodes all of the model
 */
public record Undisturbed(PublishedVersions model, List<Told> drifts, Collection<Episode> episodes, Instant now)
        implements Predicate<Sample> {
    /** Alarms come some hundred results after the change, and what they take for its begin is not exact. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    @Override
    public boolean test(Sample sample) {
        Instant at = sample.getClassifiedAt();
        int version = sample.getModelVersion();
        PublishedVersion published = model.versions().get(version);
        return published != null
                && Retention.root(published.manifest()).isEmpty()
                && at.isBefore(now.minus(SETTLED))
                && drifts.stream().noneMatch(told -> spoils(told, version, at))
                && episodes.stream().noneMatch(episode -> spoils(episode, version, at));
    }

    private boolean spoils(Told told, int version, Instant at) {
        Instant cleared = told.clearedSince();
        return told.alarm().getKind() == DriftKind.PICTURES
                && ToldDrifts.version(told.alarm()).name().equals(model.name())
                && told.alarm().getModelVersion() == version
                && at.isAfter(told.alarm().getSinceAt().minus(SETTLED))
                && (cleared == null || at.isBefore(cleared.plus(SETTLED)));
    }

    private static boolean spoils(Episode episode, int version, Instant at) {
        boolean before = episode.getState() == EpisodeState.ENDED
                && at.isAfter(episode.getChangedAt().plus(SETTLED));
        return episode.getModelVersion() == version
                && episode.getCause() != EpisodeCause.ACCURACY
                && at.isAfter(episode.getOnsetAt().minus(SETTLED))
                && !before;
    }
}

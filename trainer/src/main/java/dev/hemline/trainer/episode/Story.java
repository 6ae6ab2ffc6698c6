package dev.hemline.trainer.episode;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ModelManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An episode that goes on. */
final class Story {
    private static final int MOST_CHARS = 500;

    private final Episode.Builder episode;
    private final List<EpisodeStep> steps;

    private Story(Episode before) {
        episode = Episode.newBuilder(before);
        steps = new ArrayList<>(before.getSteps());
    }

    static Story of(Episode before) {
        return new Story(before);
    }

    /**
     * A new one.
     *
     * @param id as {@link #id(ModelManifest, Instant, Collection)} makes it
     */
    static Episode begin(String id, ModelManifest serving, EpisodeCause cause, Instant onset, int wanted, Instant now) {
        return Episode.newBuilder()
                .setId(id)
                .setModelName(serving.getName())
                .setModelVersion(serving.getVersion())
                .setCause(cause)
                .setOnsetAt(onset)
                .setBegunAt(now)
                .setLabelsWanted(wanted)
                .setState(EpisodeState.LABELLING)
                .setSteps(List.of())
                .setChangedAt(now)
                .build();
    }

    /**
     * Whoever notices the same thing gives the same one; and where it is still there after an episode, another.
     *
     * @param noticedAt what it is made of
     * @param before earlier episodes
     */
    static String id(ModelManifest serving, Instant noticedAt, Collection<Episode> before) {
        String id = serving.getName() + "-v" + serving.getVersion() + "-" + noticedAt.toEpochMilli();
        long earlier = before.stream()
                .map(Episode::getId)
                .filter(other -> other.equals(id) || other.startsWith(id + "-"))
                .count();
        return earlier == 0 ? id : id + "-" + (earlier + 1);
    }

    /** Whether it came to a refresh, whatever became of that. */
    static boolean wasRefreshing(Episode episode) {
        return episode.getSteps().stream().anyMatch(step -> step.getKind() == EpisodeStepKind.LABELLED);
    }

    Story source(String source) {
        episode.setSource(source);
        return this;
    }

    Story wanting(int labels) {
        episode.setLabelsWanted(labels);
        return this;
    }

    Story step(EpisodeStepKind kind, Instant at, String reason) {
        return step(kind, at, null, null, reason);
    }

    Story step(EpisodeStepKind kind, Instant at, int version, String reason) {
        return step(kind, at, version, null, reason);
    }

    Story step(EpisodeStepKind kind, Instant at, Right right, String reason) {
        return step(kind, at, null, right, reason);
    }

    /** It remembers how many labels had been asked for. */
    Story challenging(Instant at, int version) {
        steps.add(new EpisodeStep(EpisodeStepKind.CHALLENGING, at, version, episode.getLabelsWanted(), null, ""));
        return this;
    }

    private Story step(
            EpisodeStepKind kind, Instant at, @Nullable Integer version, @Nullable Right right, String reason) {
        steps.add(new EpisodeStep(
                kind,
                at,
                version,
                right == null ? null : right.of(),
                right == null ? null : right.accuracy(),
                reason.substring(0, Math.min(MOST_CHARS, reason.length()))));
        return this;
    }

    Episode told(EpisodeState state, Instant now) {
        return episode.setSteps(steps).setState(state).setChangedAt(now).build();
    }

    /** Since when it has been in its state. */
    static Instant begunState(Episode episode) {
        Instant begun = episode.getBegunAt();
        return episode.getSteps().stream()
                .map(EpisodeStep::getAt)
                .filter(begun::isBefore)
                .reduce((earlier, later) -> later)
                .orElse(begun);
    }

    /** The newest step of a kind. */
    static Optional<EpisodeStep> last(Episode episode, EpisodeStepKind kind) {
        return episode.getSteps().stream()
                .filter(step -> step.getKind() == kind)
                .reduce((earlier, later) -> later);
    }

    /** The version that it has brought, if any. */
    static Optional<Integer> refreshed(Episode episode) {
        return last(episode, EpisodeStepKind.REFRESHED).map(EpisodeStep::getVersion);
    }

    /** Of which episode a version came; empty for none. */
    static String id(ModelManifest version) {
        return version.getTraining().getOrDefault(Steward.EPISODE, "");
    }
}

package dev.hemline.trainer.episode;

import dev.hemline.event.Drift;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ModelManifest;
import dev.hemline.service.DecisionText;
import dev.hemline.trainer.reservoir.LabelledSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the next step of an episode is, from what is known now and nothing else: so a trainer that was killed goes on
 * where it was. Of each model there is one at a time.
 */
public final class Steward {
    /** In the {@code training} of a version: the id of the episode that it came of. */
    public static final String EPISODE = "episode";

    /** Of the labels that are asked for, some never come. */
    private static final double ENOUGH = 0.9;

    /** With so few something can be learnt at least, when the rest does not come. */
    static final int FEWEST_LABELS = 60;

    private static final Duration PATIENCE_FOR_LABELS = Duration.ofMinutes(30);
    private static final Duration MOST_LABELLING = Duration.ofDays(1);
    private static final Duration MOST_PROVING = Duration.ofDays(7);
    private static final Duration MOST_WATCHING = Duration.ofDays(1);

    /** Labels of pictures that what serves and its challenger both answer. */
    private static final int PROVING = 120;

    private static final int MOST_PROVED_WITH = 2_000;

    /** Labels of pictures that the refreshed version answers. */
    private static final int WATCHED = 60;

    private static final int FEWEST_WATCHED = 30;
    private static final double PROBABLY = 2;

    private final String model;

    /** @param model whose episodes it looks after */
    public Steward(String model) {
        this.model = model;
    }

    /**
     * The episode to be told now: a new one, or one that has taken a step.
     *
     * @param told the newest that was told of each
     * @return empty if there is nothing to tell
     */
    public Optional<Episode> next(Collection<Episode> told, Situation situation) {
        List<Episode> ours = told.stream()
                .filter(episode -> episode.getModelName().equals(model))
                .sorted(Comparator.comparing(Episode::getBegunAt))
                .toList();
        Optional<Episode> open = open(ours);
        return open.isPresent() ? step(open.get(), situation) : EpisodeTrigger.next(ours, situation);
    }

    /** The one that has not ended; the newest, should there be more. */
    public Optional<Episode> open(Collection<Episode> told) {
        return told.stream()
                .filter(episode -> episode.getModelName().equals(model) && episode.getState() != EpisodeState.ENDED)
                .max(Comparator.comparing(Episode::getBegunAt));
    }

    private static Optional<Episode> step(Episode episode, Situation situation) {
        return switch (episode.getState()) {
            case LABELLING -> labelling(episode, situation);
            case REFRESHING -> refreshing(episode, situation);
            case PROVING -> proving(episode, situation);
            case WATCHING -> watching(episode, situation);
            case UNKNOWN, ENDED -> Optional.empty();
        };
    }

    private static Optional<Episode> labelling(Episode episode, Situation situation) {
        int version = episode.getModelVersion();
        if (!situation.serves(version)) {
            return Optional.of(end(episode, EpisodeStepKind.GIVEN_UP, "another version serves meanwhile", situation));
        }
        List<Drift> alarms = situation.alarms(version);
        if (episode.getCause() == EpisodeCause.DRIFT && alarms.isEmpty()) {
            return Optional.of(end(episode, EpisodeStepKind.CLEARED, "pictures are as before", situation));
        }
        boolean stillFallen = situation.serving().stream()
                .anyMatch(serving -> !situation.fallen(serving).isEmpty());
        if (episode.getCause() == EpisodeCause.ACCURACY && !stillFallen) {
            return Optional.of(end(episode, EpisodeStepKind.CLEARED, "as many are right as before", situation));
        }
        List<LabelledSample> labels = situation.asked(version, episode.getOnsetAt());
        Duration waited = Duration.between(Story.begunState(episode), situation.now());
        boolean enough = labels.size() >= ENOUGH * episode.getLabelsWanted()
                || (labels.size() >= FEWEST_LABELS && waited.compareTo(PATIENCE_FOR_LABELS) > 0);
        if (enough) {
            return Optional.of(Story.of(episode)
                    .step(EpisodeStepKind.LABELLED, situation.now(), Situation.right(labels), "")
                    .told(EpisodeState.REFRESHING, situation.now()));
        }
        if (waited.compareTo(MOST_LABELLING) > 0) {
            return Optional.of(
                    end(episode, EpisodeStepKind.GIVEN_UP, labels.size() + " labels came in a day", situation));
        }
        String source = episode.getCause() == EpisodeCause.DRIFT ? EpisodeTrigger.source(alarms) : "";
        return source.equals(episode.getSource())
                ? Optional.empty()
                : Optional.of(Story.of(episode).source(source).told(EpisodeState.LABELLING, situation.now()));
    }

    /** A trainer that was killed between publishing and telling finds its version. */
    private static Optional<Episode> refreshing(Episode episode, Situation situation) {
        return situation.model().newestFirst().stream()
                .map(version -> version.manifest())
                .filter(manifest -> Story.id(manifest).equals(episode.getId()))
                .filter(manifest -> Story.refreshed(episode)
                        .filter(known -> known == manifest.getVersion())
                        .isEmpty())
                .findFirst()
                .map(manifest -> refreshed(episode, manifest, situation.now()));
    }

    /** A refresh has brought a version. */
    public static Episode refreshed(Episode episode, ModelManifest version, Instant now) {
        return Story.of(episode)
                .step(EpisodeStepKind.REFRESHED, now, version.getVersion(), "")
                .told(EpisodeState.PROVING, now);
    }

    /** A refresh has brought none: with half as many labels more it is tried once again. */
    public static Episode refused(Episode episode, String reason, Instant now) {
        boolean again = episode.getSteps().stream().noneMatch(step -> step.getKind() == EpisodeStepKind.REFUSED);
        Story story = Story.of(episode).step(EpisodeStepKind.REFUSED, now, reason);
        return again
                ? story.wanting(episode.getLabelsWanted() * 3 / 2).told(EpisodeState.LABELLING, now)
                : story.told(EpisodeState.ENDED, now);
    }

    private static Optional<Episode> proving(Episode episode, Situation situation) {
        int version = Story.refreshed(episode).orElse(0);
        Optional<ExperimentDecision> against = situation.against(version);
        if (situation.serves(version)) {
            return Optional.of(Story.of(episode)
                    .step(EpisodeStepKind.PROMOTED, situation.now(), version, "")
                    .wanting(episode.getLabelsWanted() + WATCHED)
                    .told(EpisodeState.WATCHING, situation.now()));
        }
        if (against.isPresent()) {
            return Optional.of(rejected(episode, version, against.get(), situation));
        }
        if (!situation.model().versions().containsKey(version)) {
            return Optional.of(end(episode, EpisodeStepKind.GIVEN_UP, "v" + version + " was retired", situation));
        }
        return Duration.between(Story.begunState(episode), situation.now()).compareTo(MOST_PROVING) > 0
                ? Optional.of(end(episode, EpisodeStepKind.GIVEN_UP, "nobody decided for v" + version, situation))
                : compared(episode, version, situation);
    }

    /** Labels decide; so many are asked for as it takes, some at a time. */
    private static Optional<Episode> compared(Episode episode, int version, Situation situation) {
        if (!situation.model().isChallenger(version)) {
            return Optional.empty();
        }
        Optional<EpisodeStep> challenging = Story.last(episode, EpisodeStepKind.CHALLENGING);
        if (challenging.isEmpty()) {
            return Optional.of(Story.of(episode)
                    .challenging(situation.now(), version)
                    .wanting(episode.getLabelsWanted() + PROVING)
                    .told(EpisodeState.PROVING, situation.now()));
        }
        Integer before = challenging.get().getLabels();
        int asked = episode.getLabelsWanted() - (before == null ? 0 : before);
        int answered = situation
                .answered(episode.getModelVersion(), challenging.get().getAt())
                .size();
        return answered >= ENOUGH * asked && asked < MOST_PROVED_WITH
                ? Optional.of(Story.of(episode)
                        .wanting(episode.getLabelsWanted() + PROVING / 2)
                        .told(EpisodeState.PROVING, situation.now()))
                : Optional.empty();
    }

    private static Episode rejected(Episode episode, int version, ExperimentDecision against, Situation situation) {
        return Story.of(episode)
                .step(
                        EpisodeStepKind.REJECTED,
                        against.getDecidedAt(),
                        version,
                        DecisionText.words(against.getReason()))
                .told(EpisodeState.ENDED, situation.now());
    }

    private static Optional<Episode> watching(Episode episode, Situation situation) {
        int version = Story.refreshed(episode).orElse(0);
        if (!situation.serves(version)) {
            return Optional.of(situation
                    .against(version)
                    .map(against -> rejected(episode, version, against, situation))
                    .orElseGet(() ->
                            end(episode, EpisodeStepKind.GIVEN_UP, "another version serves meanwhile", situation)));
        }
        Right right = Situation.right(situation.answered(version, Story.begunState(episode)));
        Right promise = situation.serving().map(Promise::of).orElse(Right.NONE);
        if (right.of() >= FEWEST_WATCHED && !Situation.isBroken(promise, right, PROBABLY)) {
            return Optional.of(Story.of(episode)
                    .step(EpisodeStepKind.RECOVERED, situation.now(), right, "")
                    .told(EpisodeState.ENDED, situation.now()));
        }
        return Duration.between(Story.begunState(episode), situation.now()).compareTo(MOST_WATCHING) > 0
                ? Optional.of(Story.of(episode)
                        .step(EpisodeStepKind.GIVEN_UP, situation.now(), right, "fewer are right than in its gate")
                        .told(EpisodeState.ENDED, situation.now()))
                : Optional.empty();
    }

    private static Episode end(Episode episode, EpisodeStepKind kind, String reason, Situation situation) {
        return Story.of(episode).step(kind, situation.now(), reason).told(EpisodeState.ENDED, situation.now());
    }
}

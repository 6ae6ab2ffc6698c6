package dev.hemline.trainer.episode;

import dev.hemline.event.Drift;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.RefreshPolicy;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.trainer.reservoir.LabelledSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When an episode begins: by drift or by accuracy, where the policy has what serves refreshed, and not too often. */
final class EpisodeTrigger {
    private static final Duration MOST_COOLDOWN = Duration.ofDays(3650);

    /** After an episode in which nothing was refreshed. */
    private static final Duration BREATH = Duration.ofSeconds(30);

    private EpisodeTrigger() {}

    /**
     * The episode that begins now.
     *
     * @param before earlier ones of this model, none of them open
     * @return empty if nothing is found, or it may not begin yet
     */
    static Optional<Episode> next(List<Episode> before, Situation situation) {
        Optional<RefreshPolicy> policy = situation.model().policy().map(ModelPolicy::getRefresh);
        Optional<ModelManifest> serving = situation.serving();
        if (policy.isEmpty() || serving.isEmpty() || !mayBegin(before, policy.get(), situation.now())) {
            return Optional.empty();
        }
        int wanted = Math.max(Steward.FEWEST_LABELS, policy.get().getLabels());
        return byDrift(before, serving.get(), wanted, situation)
                .or(() -> byAccuracy(before, serving.get(), wanted, situation));
    }

    /** What is bounded is how often something is refreshed: whoever makes an alarm come and go must not keep a true one away. */
    private static boolean mayBegin(List<Episode> before, RefreshPolicy policy, Instant now) {
        Instant dayAgo = now.minus(Duration.ofDays(1));
        long today = before.stream()
                .filter(Story::wasRefreshing)
                .filter(episode -> episode.getBegunAt().isAfter(dayAgo))
                .count();
        Duration cooldown =
                Duration.ofMillis(Math.max(0, Math.min(MOST_COOLDOWN.toMillis(), policy.getCooldownMillis())));
        boolean rested = before.stream()
                .allMatch(episode -> !episode.getChangedAt()
                        .plus(Story.wasRefreshing(episode) || cooldown.compareTo(BREATH) < 0 ? cooldown : BREATH)
                        .isAfter(now));
        return rested && today < policy.getPerDay();
    }

    private static Optional<Episode> byDrift(
            List<Episode> before, ModelManifest serving, int wanted, Situation situation) {
        List<Drift> alarms = situation.alarms(serving.getVersion());
        if (alarms.isEmpty()) {
            return Optional.empty();
        }
        Drift first = alarms.get(0);
        Episode episode = Story.begin(
                Story.id(serving, first.getAt(), before),
                serving,
                EpisodeCause.DRIFT,
                first.getSinceAt(),
                wanted,
                situation.now());
        return Optional.of(Story.of(episode)
                .source(source(alarms))
                .step(
                        EpisodeStepKind.ALARMED,
                        first.getAt(),
                        "pictures of " + BusiestSources.shown(first.getSource()) + " have changed, "
                                + first.getResults() + " results after the change")
                .told(EpisodeState.LABELLING, situation.now()));
    }

    private static Optional<Episode> byAccuracy(
            List<Episode> before, ModelManifest serving, int wanted, Situation situation) {
        List<LabelledSample> newest = situation.fallen(serving);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Instant since = newest.get(0).sample().getClassifiedAt();
        Instant noticed = newest.get(newest.size() - 1).arrivedAt();
        Episode episode = Story.begin(
                Story.id(serving, noticed, before), serving, EpisodeCause.ACCURACY, since, wanted, situation.now());
        return Optional.of(Story.of(episode)
                .step(
                        EpisodeStepKind.ALARMED,
                        noticed,
                        Situation.right(newest),
                        "fewer are right than when it was validated")
                .told(EpisodeState.LABELLING, situation.now()));
    }

    /** That of all alarms; none where there are several, or it is of sources together that are not among the busiest. */
    static String source(List<Drift> alarms) {
        List<String> sources = alarms.stream().map(Drift::getSource).distinct().toList();
        return sources.size() == 1 && !sources.get(0).equals(BusiestSources.REST) ? sources.get(0) : "";
    }
}

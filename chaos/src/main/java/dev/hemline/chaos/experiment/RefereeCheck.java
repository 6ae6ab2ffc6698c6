package dev.hemline.chaos.experiment;

import dev.hemline.event.Classification;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.Score;
import dev.hemline.event.SegmentCounts;
import dev.hemline.quality.experiment.Decision;
import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Experiment;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what the referee counted against scores and shadow answers, and what it decided against its own counts, looked at again one by
 * one.
 */
public final class RefereeCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RefereeCheck.class);

    /** A challenger and its champion. */
    private record Pair(int challenger, int champion) {
        Phase phase() {
            return challenger > champion ? Phase.TRIAL : Phase.PROBATION;
        }
    }

    /** @param labels of both, when it was decided */
    private record Ending(Outcome outcome, PairedCounts labels) {}

    private final Map<String, Map<Integer, Integer>> shadows = new HashMap<>();
    private final Map<String, Map<Integer, Score>> scores = new HashMap<>();
    private final Map<Pair, Map<Integer, ExperimentCounts>> told = new HashMap<>();
    private final Map<Pair, Experiment> looks = new HashMap<>();
    private final Map<Pair, Ending> replayed = new HashMap<>();
    private final Map<Pair, ExperimentDecision> decided = new LinkedHashMap<>();
    private final Set<Pair> outOfTime = new HashSet<>();
    private long decidedTwice;

    public void shadow(Classification result) {
        if (result.getModelName().equals(Trials.MODEL)) {
            shadows.computeIfAbsent(result.getId(), first -> new TreeMap<>())
                    .putIfAbsent(result.getModelVersion(), result.getLabel());
        }
    }

    /** The last one of a result counts. */
    public void score(Score score) {
        if (score.getModelName().equals(Trials.MODEL)) {
            scores.computeIfAbsent(score.getId(), first -> new TreeMap<>()).put(score.getModelVersion(), score);
        }
    }

    /** Before all counts, which may go on. */
    public void decision(ExperimentDecision decision) {
        if (!decision.getModelName().equals(Trials.MODEL)) {
            return;
        }
        Pair pair = pair(decision);
        if (decided.putIfAbsent(pair, decision) != null) {
            decidedTwice++;
            LOG.warn("Decided twice: {}", pair);
        }
        if (decision.getReason() == ExperimentReason.OUT_OF_TIME) {
            outOfTime.add(pair);
        }
    }

    private static Pair pair(ExperimentDecision decision) {
        return decision.getPhase() == ExperimentPhase.PROBATION
                ? new Pair(/* challenger= */ decision.getIncumbent(), /* champion= */ decision.getCandidate())
                : new Pair(/* challenger= */ decision.getCandidate(), /* champion= */ decision.getIncumbent());
    }

    /** In the order in which they were written. */
    public void counts(ExperimentCounts counts) {
        if (!counts.getModelName().equals(Trials.MODEL)) {
            return;
        }
        var pair = new Pair(counts.getChallenger(), counts.getChampion());
        Map<Integer, ExperimentCounts> parts = told.computeIfAbsent(pair, first -> new TreeMap<>());
        parts.put(counts.getPartition(), counts);
        if (replayed.containsKey(pair)) {
            return;
        }
        Phase phase = pair.phase();
        PairedCounts all = sum(parts);
        looks.computeIfAbsent(pair, first -> new Experiment(phase, Trials.design(phase)))
                .look(ofCandidate(phase, all), segments(phase, parts))
                .map(Decision::outcome)
                .ifPresent(outcome -> replayed.put(pair, new Ending(outcome, all)));
    }

    private static PairedCounts ofCandidate(Phase phase, PairedCounts counts) {
        return phase == Phase.TRIAL ? counts : counts.mirrored();
    }

    private static PairedCounts sum(Map<Integer, ExperimentCounts> parts) {
        return parts.values().stream()
                .map(part -> new PairedCounts(part.getChallengerAlone(), part.getChampionAlone(), part.getAlike()))
                .reduce(PairedCounts.NONE, PairedCounts::plus);
    }

    private static Map<Segment, PairedCounts> segments(Phase phase, Map<Integer, ExperimentCounts> parts) {
        Map<Segment, PairedCounts> segments = new LinkedHashMap<>();
        for (ExperimentCounts part : parts.values()) {
            for (SegmentCounts one : part.getSegments()) {
                segments.merge(
                        new Segment(Segment.Kind.valueOf(one.getKind().name()), one.getName()),
                        ofCandidate(
                                phase,
                                new PairedCounts(one.getChallengerAlone(), one.getChampionAlone(), one.getAlike())),
                        PairedCounts::plus);
            }
        }
        return segments;
    }

    /** Labelled events that both of any two versions answered. */
    public long labels() {
        return recounted().values().stream().mapToLong(PairedCounts::labels).sum();
    }

    /** Wins, losses and ties that the referee has otherwise than a recount of answers and scores. */
    public long countsDifference() {
        Map<Pair, PairedCounts> recounted = recounted();
        Set<Pair> pairs = new HashSet<>(recounted.keySet());
        pairs.addAll(told.keySet());
        return pairs.stream()
                .mapToLong(pair -> difference(
                        recounted.getOrDefault(pair, PairedCounts.NONE), sum(told.getOrDefault(pair, Map.of()))))
                .sum();
    }

    private static long difference(PairedCounts one, PairedCounts other) {
        return Math.abs(one.wins() - other.wins())
                + Math.abs(one.losses() - other.losses())
                + Math.abs(one.ties() - other.ties());
    }

    private Map<Pair, PairedCounts> recounted() {
        Map<Pair, PairedCounts> counts = new HashMap<>();
        shadows.forEach((id, challengers) -> scores.getOrDefault(id, Map.of())
                .forEach((champion, score) -> challengers.forEach((challenger, label) -> {
                    if (!challenger.equals(champion)) {
                        counts.merge(
                                new Pair(challenger, champion),
                                compared(label == score.getActual(), score.getPredicted() == score.getActual()),
                                PairedCounts::plus);
                    }
                })));
        return counts;
    }

    private static PairedCounts compared(boolean challengerRight, boolean championRight) {
        if (challengerRight == championRight) {
            return new PairedCounts(/* wins= */ 0, /* losses= */ 0, /* ties= */ 1);
        }
        return challengerRight ? new PairedCounts(1, 0, 0) : new PairedCounts(0, 1, 0);
    }

    /** By outcome. */
    public Map<String, Long> decisions() {
        Map<String, Long> outcomes = new TreeMap<>();
        decided.values()
                .forEach(decision -> outcomes.merge(
                        decision.getReason() == ExperimentReason.OUT_OF_TIME
                                ? "out of time"
                                : words(decision.getOutcome()),
                        1L,
                        Long::sum));
        return outcomes;
    }

    private static String words(ExperimentOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public long decidedTwice() {
        return decidedTwice;
    }

    /** Decisions that counts do not give when they are looked at again, and those that they give and that are not there. */
    public long decidedOtherwise() {
        List<Pair> otherwise = new ArrayList<>();
        decided.forEach((pair, decision) -> {
            if (!agrees(decision, outOfTime.contains(pair), Optional.ofNullable(replayed.get(pair)))) {
                otherwise.add(pair);
                LOG.warn("Decided otherwise: {}, where counts give {}", decision, replayed.get(pair));
            }
        });
        replayed.keySet().stream()
                .filter(pair -> !decided.containsKey(pair))
                .peek(pair -> LOG.warn("Not decided: {}, where counts give {}", pair, replayed.get(pair)))
                .forEach(otherwise::add);
        return otherwise.size();
    }

    /** Where time ran out, labels may have decided later. */
    private static boolean agrees(ExperimentDecision decision, boolean outOfTime, Optional<Ending> replay) {
        var labels = new PairedCounts(decision.getChallengerAlone(), decision.getChampionAlone(), decision.getAlike());
        return outOfTime
                ? replay.isEmpty() || replay.get().labels().labels() >= labels.labels()
                : replay.filter(end -> end.outcome()
                                        .name()
                                        .equals(decision.getOutcome().name())
                                && end.labels().equals(labels))
                        .isPresent();
    }

    /** Whether a recount gives what the referee counted and decided. */
    public boolean agrees() {
        return countsDifference() == 0 && decidedOtherwise() == 0;
    }

    /** Whether that version may have served: it had won, or it was the first. */
    public boolean mayServe(int version) {
        return version == 1
                || decided.values().stream()
                        .anyMatch(decision -> decision.getOutcome() == ExperimentOutcome.PROMOTED
                                && decision.getCandidate() == version);
    }
}

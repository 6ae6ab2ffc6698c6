package dev.hemline.page;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentCounts;
import dev.hemline.page.EvidenceHistory.Look;
import dev.hemline.service.DecisionText;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What topics {@code experiments} and {@code experiment-decisions} have told, in their order: of the pairs of versions that were told of
 * last. Whoever may write there may write anything; what no referee of ours would say counts for nothing. Not for several threads.
 */
final class ToldExperiments {
    /** For so long a decision is news. */
    private static final Duration NEWS = Duration.ofHours(1);

    private static final int PAIRS = 20;
    /** Referees look at 64. */
    private static final int MOST_SEGMENTS = 100;

    private final Map<Pair, Course> courses = newest();
    private final Map<Pair, ExperimentDecision> decisions = newest();

    /** Two versions in their places. */
    record Pair(String model, int champion, int challenger) {
        static Pair of(ExperimentStanding standing) {
            return new Pair(standing.getModelName(), standing.getChampion(), standing.getChallenger());
        }

        private static Pair of(ExperimentDecision decision) {
            return new Pair(
                    decision.getModelName(), DecisionText.champion(decision), DecisionText.challenger(decision));
        }
    }

    /**
     * One comparison.
     *
     * @param standing the newest
     * @param looks the same and some before, oldest first
     * @param decision null before there is one
     */
    record Told(
            ExperimentStanding standing,
            List<Look> looks,
            @Nullable ExperimentDecision decision) {}

    private record Course(ExperimentStanding standing, EvidenceHistory history) {}

    private static <V> Map<Pair, V> newest() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, V> eldest) {
                return size() > PAIRS;
            }
        };
    }

    void add(ExperimentStanding standing) {
        boolean counts = EventChecks.fault(standing).isEmpty()
                && standing.getPhase() != ExperimentPhase.UNKNOWN
                && standing.getUnproved().size() <= MOST_SEGMENTS
                && standing.getUnproved().stream().allMatch(unproved -> isOne(unproved.getSegment()));
        if (counts) {
            Course before = courses.remove(Pair.of(standing));
            EvidenceHistory history = before == null ? new EvidenceHistory() : before.history;
            history.add(Look.of(standing));
            courses.put(Pair.of(standing), new Course(standing, history));
        }
    }

    /** Of a pair there is one; the first stands. */
    void add(ExperimentDecision decision) {
        boolean counts = ModelKey.isVersion(decision.getModelName(), decision.getCandidate())
                && ModelKey.isVersion(decision.getModelName(), decision.getIncumbent())
                && Double.isFinite(decision.getLogEValue())
                && (decision.getSegment() == null || isOne(decision.getSegment()));
        if (counts) {
            decisions.putIfAbsent(
                    Pair.of(decision),
                    ExperimentDecision.newBuilder(decision)
                            .setSegments(List.of())
                            .setDisagreements(List.of())
                            .build());
        }
    }

    private static boolean isOne(SegmentCounts segment) {
        return segment.getName().length() <= EventChecks.MAX_NAME_CHARS;
    }

    /** The version's comparison with what shadows it; without that, the model's that ended last, within the last hour. */
    Optional<Told> shown(ModelKey.Manifest serving, Instant now) {
        return courses.values().stream()
                .filter(course -> Pair.of(course.standing).champion == serving.version()
                        && course.standing.getModelName().equals(serving.name())
                        && course.standing.getBegunAt() != null)
                .max(Comparator.comparing(course -> course.standing.getLookedAt()))
                .or(() -> decisions.values().stream()
                        .filter(decision -> decision.getModelName().equals(serving.name())
                                && Duration.between(decision.getDecidedAt(), now)
                                                .abs()
                                                .compareTo(NEWS)
                                        < 0)
                        .max(Comparator.comparing(ExperimentDecision::getDecidedAt))
                        .map(decision -> courses.get(Pair.of(decision))))
                .map(course ->
                        new Told(course.standing, course.history.looks(), decisions.get(Pair.of(course.standing))));
    }
}

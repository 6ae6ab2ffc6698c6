package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.UnprovedSegment;
import dev.hemline.quality.experiment.Decision;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import dev.hemline.quality.experiment.Standing;
import dev.hemline.quality.referee.Comparisons.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is seen in a look, as events. */
final class ExperimentEvents {
    private ExperimentEvents() {}

    static ExperimentDecision decision(Pairing pairing, Look look, Decision decision, long now) {
        boolean trial = look.phase() == Phase.TRIAL;
        Tally counts = look.counts();
        return new ExperimentDecision(
                pairing.model(),
                trial ? pairing.challenger() : pairing.champion(),
                trial ? pairing.champion() : pairing.challenger(),
                ExperimentPhase.valueOf(look.phase().name()),
                ExperimentOutcome.valueOf(decision.outcome().name()),
                ExperimentReason.valueOf(decision.reason().name()),
                decision.segment().map(segment -> segment(counts, segment)).orElse(null),
                decision.logEValue(),
                look.design().alpha(),
                look.design().margin(),
                look.design().segmentMargin(),
                counts.all().wins(),
                counts.all().losses(),
                counts.all().ties(),
                counts.writtenSegments(),
                counts.writtenDisagreements(),
                counts.writtenLabellers(),
                Instant.ofEpochMilli(now));
    }

    /**
     * How it stands.
     *
     * @param challenge empty where the one shadows the other no more
     */
    static ExperimentStanding standing(
            Pairing pairing, Look look, Optional<Challenge> challenge, Duration timeLimit, long now) {
        PairedCounts all = look.counts().all();
        Standing standing = look.experiment().standing();
        Optional<Instant> begun = challenge.map(Challenge::since);
        return new ExperimentStanding(
                pairing.model(),
                pairing.champion(),
                pairing.challenger(),
                ExperimentPhase.valueOf(look.phase().name()),
                all.wins(),
                all.losses(),
                all.ties(),
                standing.labelsNeeded(),
                standing.logEValue(),
                standing.logEValueNeeded(),
                standing.logEValueAgainst(),
                standing.logEValueAgainstNeeded(),
                standing.unproved().entrySet().stream()
                        .map(segment ->
                                new UnprovedSegment(segment(look.counts(), segment.getKey()), segment.getValue()))
                        .toList(),
                look.outcome()
                        .map(outcome -> ExperimentOutcome.valueOf(outcome.name()))
                        .orElse(null),
                begun.orElse(null),
                begun.map(since -> since.plus(timeLimit)).orElse(null),
                Instant.ofEpochMilli(now));
    }

    private static SegmentCounts segment(Tally counts, Segment segment) {
        return Tally.written(segment, counts.segments().getOrDefault(segment, PairedCounts.NONE));
    }
}

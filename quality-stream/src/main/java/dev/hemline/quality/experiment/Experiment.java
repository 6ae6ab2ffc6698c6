package dev.hemline.quality.experiment;

import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Decision.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a candidate may serve in place of the incumbent, or on. It looks after every label, and may: each of its tests keeps its error
 * rate however often it is looked at. In a trial the candidate is promoted once all of the events and each busy segment show that it is not
 * worse than allowed: a promotion needs every one of these proofs, so each has all of alpha. It is rejected once all of the events or
 * any segment show the opposite; one proof is enough there, so one half of alpha is for all of them and the segments share the other. In a
 * probation only the second is asked.
 *
 * <p>What has broken down says one class to nearly everything, and has all of that class right. So classes do not count any more once all of
 * the events show that the candidate is right about a quarter more of them; sources do. Not for several threads.
 */
public final class Experiment {
    /**
     * The share of the labels that makes a segment busy: a candidate cannot be proved for rare ones, only refuted. One that was busy stays
     * so, lest a promotion come just when it is not.
     */
    private static final double BUSY = 0.05;

    private static final double FAR_BETTER = 0.25;

    /** A promotion may rest on this proof in the place of others, so it gets a part of alpha that adds next to nothing to theirs. */
    private static final double PART_OF_ALPHA = 0.01;

    /** What the candidate is. */
    public enum Phase {
        /** It shadows the incumbent. */
        TRIAL,
        /** It has been promoted, and the incumbent shadows. */
        PROBATION
    }

    private final Phase phase;
    private final Design design;
    private final PairedTest notWorse;
    private final PairedTest worse;
    private final PairedTest notWorseInSegment;
    private final PairedTest worseInSegment;
    private final PairedTest farBetter = new PairedTest(-FAR_BETTER);
    private final Map<Segment, PairedCounts> segments = new HashMap<>();
    private final Set<Segment> busy = new HashSet<>();
    private PairedCounts all = PairedCounts.NONE;

    /** One without labels so far. */
    public Experiment(Phase phase, Design design) {
        this(phase, design, Set.of());
    }

    /** One that goes on with its next look, of which these segments are known to have been busy. */
    public Experiment(Phase phase, Design design, Set<Segment> busy) {
        this.busy.addAll(busy);
        this.phase = phase;
        this.design = design;
        notWorse = new PairedTest(design.margin());
        worse = new PairedTest(-design.margin());
        notWorseInSegment = new PairedTest(design.segmentMargin());
        worseInSegment = new PairedTest(-design.segmentMargin());
    }

    /**
     * A label comes.
     *
     * @return the end, if this label makes it
     */
    public Optional<Decision> add(Comparison comparison) {
        all = all.with(comparison);
        var ofClass = Segment.ofClass(comparison.actual());
        var ofSource = Segment.ofSource(comparison.source());
        PairedCounts classCounts = count(ofClass, comparison);
        PairedCounts sourceCounts = count(ofSource, comparison);
        return refuted()
                .or(() -> refutedIn(ofClass, classCounts))
                .or(() -> refutedIn(ofSource, sourceCounts))
                .or(() -> phase == Phase.TRIAL ? proved() : Optional.empty())
                .or(this::outOfLabels);
    }

    /**
     * Labels have come, and others may have been corrected; these are the counts of all.
     *
     * @param bySegment in the order in which they are to be looked at, should there be too many
     * @return the end, if they make it
     */
    public Optional<Decision> look(PairedCounts counts, Map<Segment, PairedCounts> bySegment) {
        all = counts;
        segments.clear();
        bySegment.entrySet().stream()
                .limit(design.segments())
                .forEach(segment -> segments.put(segment.getKey(), segment.getValue()));
        segments.forEach(this::noteIfBusy);
        return refuted()
                .or(() -> segments.entrySet().stream()
                        .flatMap(segment -> refutedIn(segment.getKey(), segment.getValue()).stream())
                        .findFirst())
                .or(() -> phase == Phase.TRIAL ? proved() : Optional.empty())
                .or(this::outOfLabels);
    }

    private PairedCounts count(Segment segment, Comparison comparison) {
        if (segments.size() == design.segments() && !segments.containsKey(segment)) {
            // Sources are what senders say; for more than these nothing could be guaranteed.
            return PairedCounts.NONE;
        }
        PairedCounts counts = counts(segment).with(comparison);
        segments.put(segment, counts);
        noteIfBusy(segment, counts);
        return counts;
    }

    private void noteIfBusy(Segment segment, PairedCounts counts) {
        if (all.labels() >= design.fewestLabels() && counts.labels() >= BUSY * all.labels()) {
            busy.add(segment);
        }
    }

    public PairedCounts counts() {
        return all;
    }

    public Map<Segment, PairedCounts> segments() {
        return Map.copyOf(segments);
    }

    /** Those that have had a fair share of the labels once. */
    public Set<Segment> busy() {
        return Set.copyOf(busy);
    }

    /** The natural logarithm of the e-value that speaks for a promotion. */
    public double logEValue() {
        return logEValue(all);
    }

    /** The same of other counts. */
    public double logEValue(PairedCounts counts) {
        return notWorse.logEValue(counts);
    }

    /** How it stands after the last look. */
    public Standing standing() {
        Map<Segment, Double> unproved = new LinkedHashMap<>();
        if (phase == Phase.TRIAL) {
            busy.stream()
                    .filter(segment -> !isProvedIn(segment))
                    .sorted(Comparator.comparing(Segment::toString))
                    .forEach(segment -> unproved.put(segment, notWorseInSegment.logEValue(counts(segment))));
        }
        return new Standing(
                logEValue(),
                evidenceToPromote(),
                evidenceAgainst(),
                evidenceToRefuse(),
                phase == Phase.TRIAL ? design.fewestLabels() : design.mostLabels(),
                unproved);
    }

    /** Its end where time runs out before labels do. */
    public Decision outOfTime() {
        return undecided(Reason.OUT_OF_TIME);
    }

    private double evidenceToPromote() {
        return -Math.log(design.alpha());
    }

    private double evidenceAgainst() {
        return worse.logEValue(all.mirrored());
    }

    private double evidenceToRefuse() {
        return Math.log(2 / design.alpha());
    }

    private Optional<Decision> refuted() {
        double evidence = evidenceAgainst();
        return evidence < evidenceToRefuse()
                ? Optional.empty()
                : Optional.of(refused(Reason.WORSE, evidence, Optional.empty()));
    }

    private Optional<Decision> refutedIn(Segment segment, PairedCounts counts) {
        double evidence = worseInSegment.logEValue(counts.mirrored());
        return evidence < Math.log(2 * design.segments() / design.alpha()) || !matters(segment)
                ? Optional.empty()
                : Optional.of(refused(Reason.WORSE_IN_SEGMENT, evidence, Optional.of(segment)));
    }

    private Decision refused(Reason reason, double evidence, Optional<Segment> segment) {
        return new Decision(phase == Phase.TRIAL ? Outcome.REJECTED : Outcome.ROLLED_BACK, reason, evidence, segment);
    }

    private Optional<Decision> proved() {
        double evidence = logEValue();
        if (all.labels() < design.fewestLabels() || evidence < evidenceToPromote() || !provedInBusySegments()) {
            return Optional.empty();
        }
        return Optional.of(new Decision(
                Outcome.PROMOTED, design.margin() > 0 ? Reason.NOT_WORSE : Reason.BETTER, evidence, Optional.empty()));
    }

    private boolean provedInBusySegments() {
        segments.forEach(this::noteIfBusy);
        return busy.stream().allMatch(this::isProvedIn);
    }

    private boolean isProvedIn(Segment segment) {
        return notWorseInSegment.logEValue(counts(segment)) >= evidenceToPromote() || !matters(segment);
    }

    private boolean matters(Segment segment) {
        return segment.kind() != Segment.Kind.CLASS
                || farBetter.logEValue(all) < -Math.log(PART_OF_ALPHA * design.alpha());
    }

    private PairedCounts counts(Segment segment) {
        return segments.getOrDefault(segment, PairedCounts.NONE);
    }

    private Optional<Decision> outOfLabels() {
        if (all.labels() < design.mostLabels()) {
            return Optional.empty();
        }
        return Optional.of(undecided(Reason.OUT_OF_LABELS));
    }

    private Decision undecided(Reason reason) {
        return new Decision(
                phase == Phase.TRIAL ? Outcome.REJECTED : Outcome.CONFIRMED, reason, logEValue(), Optional.empty());
    }
}

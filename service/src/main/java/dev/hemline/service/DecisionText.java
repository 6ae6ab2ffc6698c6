package dev.hemline.service;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.SegmentCounts;
import java.util.Locale;

/** How a comparison of two versions ended, for people. */
public final class DecisionText {
    private static final int MOST_CHARS = 60;
    /** A larger power of e is no number to a computer, nor to a person. */
    private static final double MOST_LOG = 700;

    private DecisionText() {}

    /** A sentence without its full stop: what became of the candidate, why, and by what evidence. */
    public static String of(ExperimentDecision decision) {
        SegmentCounts segment = decision.getSegment();
        return String.format(
                Locale.ROOT,
                "v%d was %s against v%d, %s%s: %d labels, the one that shadowed alone right in %d, the one that served in %d;"
                        + " e-value %s",
                decision.getCandidate(),
                words(decision.getOutcome()),
                decision.getIncumbent(),
                words(decision.getReason()),
                segment == null ? "" : " " + of(segment),
                labels(decision),
                decision.getChallengerAlone(),
                decision.getChampionAlone(),
                eValue(decision.getLogEValue()));
    }

    /** Such as {@code class 7}; anybody may have named the source. */
    public static String of(SegmentCounts segment) {
        return words(segment.getKind()) + " " + Texts.printable(segment.getName(), MOST_CHARS);
    }

    /** The version that shadowed: in a trial the candidate. */
    public static int challenger(ExperimentDecision decision) {
        return decision.getPhase() == ExperimentPhase.PROBATION ? decision.getIncumbent() : decision.getCandidate();
    }

    /** The version that served. */
    public static int champion(ExperimentDecision decision) {
        return decision.getPhase() == ExperimentPhase.PROBATION ? decision.getCandidate() : decision.getIncumbent();
    }

    /** How many events decided. */
    public static long labels(ExperimentDecision decision) {
        return decision.getChallengerAlone() + decision.getChampionAlone() + decision.getAlike();
    }

    /** Of its natural logarithm. */
    public static String eValue(double logEValue) {
        return String.format(Locale.ROOT, "%.3g", Math.exp(Math.min(logEValue, MOST_LOG)));
    }

    /** {@code ROLLED_BACK} as {@code rolled back}. */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

package dev.hemline.service;

import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.UnprovedSegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How a comparison of two versions stands, and what it waits for, for people. */
public final class StandingText {
    private static final int MOST_SEGMENTS = 3;

    private StandingText() {}

    /** A sentence without its full stop. */
    public static String of(ExperimentStanding standing) {
        List<String> waits = waitsFor(standing);
        return String.format(
                Locale.ROOT,
                "v%d beside v%d: %s labels, it alone right in %s, the one that serves in %s%s",
                standing.getChallenger(),
                standing.getChampion(),
                Texts.count(labels(standing)),
                Texts.count(standing.getChallengerAlone()),
                Texts.count(standing.getChampionAlone()),
                waits.isEmpty() ? "" : "; it waits for " + String.join(", ", waits));
    }

    /** What has to come before it ends, as nouns; nothing where it has ended. */
    public static List<String> waitsFor(ExperimentStanding standing) {
        List<String> waits = new ArrayList<>();
        if (standing.getOutcome() != null) {
            return waits;
        }
        long labels = labels(standing);
        if (labels < standing.getLabelsNeeded()) {
            waits.add(String.format(
                    Locale.ROOT, "labels (%s of %s)", Texts.count(labels), Texts.count(standing.getLabelsNeeded())));
        }
        if (standing.getPhase() == ExperimentPhase.TRIAL) {
            if (standing.getLogEValue() < standing.getLogEValueNeeded()) {
                waits.add("evidence " + evidence(standing.getLogEValue(), standing));
            }
            List<UnprovedSegment> unproved = standing.getUnproved();
            unproved.stream()
                    .sorted(Comparator.comparing(UnprovedSegment::getLogEValue))
                    .limit(MOST_SEGMENTS)
                    .map(one -> "proof for " + DecisionText.of(one.getSegment()) + " "
                            + evidence(one.getLogEValue(), standing))
                    .forEach(waits::add);
            if (unproved.size() > MOST_SEGMENTS) {
                waits.add("and for " + (unproved.size() - MOST_SEGMENTS) + " more");
            }
        }
        return waits;
    }

    private static String evidence(double logEValue, ExperimentStanding standing) {
        return "(e-value " + DecisionText.eValue(logEValue) + " of "
                + DecisionText.eValue(standing.getLogEValueNeeded()) + ")";
    }

    /** Events that both answered and that have a label. */
    public static long labels(ExperimentStanding standing) {
        return standing.getChallengerAlone() + standing.getChampionAlone() + standing.getAlike();
    }
}

package dev.hemline.page;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.SegmentKind;
import dev.hemline.event.UnprovedSegment;
import dev.hemline.page.EvidenceHistory.Look;
import dev.hemline.page.ToldExperiments.Told;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.DecisionText;
import dev.hemline.service.StandingText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two versions side by side on the same labelled events.
 *
 * @param card null where nothing is compared
 */
record ExperimentView(@Nullable Card card) {
    static final ExperimentView NONE = new ExperimentView(null);
    private static final int SEGMENTS_SHOWN = 12;

    /**
     * How it stands; logarithms are natural, times in milliseconds since 1970.
     *
     * @param champion the version that answers, or did when it ended
     * @param challenger the version that shadows it
     * @param phase {@code trial} of the challenger, or {@code probation} of the champion
     * @param labels of events that both answered
     * @param labelsNeeded before it can end well
     * @param challengerAlone how many of them the challenger alone had right
     * @param championAlone how many the champion alone had
     * @param logEValueNeeded for a promotion
     * @param logEValueAgainstNeeded for the candidate to be refused
     * @param looks at the evidence, oldest first
     * @param waitsFor as nouns; none where it has ended
     * @param unproved with the least evidence first
     * @param moreUnproved how many there are beside those
     * @param begunAt null where the one does not shadow the other any more
     * @param endsAt whatever has come by then; null likewise
     * @param decision null before there is one
     */
    record Card(
            String model,
            int champion,
            int challenger,
            String phase,
            long labels,
            int labelsNeeded,
            long challengerAlone,
            long championAlone,
            double logEValueNeeded,
            double logEValueAgainstNeeded,
            List<Look> looks,
            List<String> waitsFor,
            List<Unproved> unproved,
            int moreUnproved,
            @Nullable Long begunAt,
            @Nullable Long endsAt,
            long lookedAt,
            @Nullable Decision decision,
            List<Picture> pictures) {}

    /** @param name such as {@code class Shirt} or {@code source shop} */
    record Unproved(String name, long labels, long challengerAlone, long championAlone, double logEValue) {}

    /**
     * How it ended.
     *
     * @param outcome such as {@code rolled back}
     * @param words a sentence without its full stop
     */
    record Decision(int candidate, String outcome, String words, long at) {}

    /** An event to which the two gave different classes. */
    record Picture(
            Thumbnail picture,
            String champion,
            boolean championRight,
            String challenger,
            boolean challengerRight,
            String actual) {}

    static ExperimentView of(Told told, List<String> names, Disagreements disagreements) {
        ExperimentStanding standing = ExperimentStanding.newBuilder(told.standing())
                .setUnproved(told.standing().getUnproved().stream()
                        .map(one -> new UnprovedSegment(named(one.getSegment(), names), one.getLogEValue()))
                        .sorted(Comparator.comparing(UnprovedSegment::getLogEValue))
                        .toList())
                .build();
        boolean ended = told.decision() != null || standing.getOutcome() != null;
        List<UnprovedSegment> unproved = ended ? List.of() : standing.getUnproved();
        return new ExperimentView(new Card(
                standing.getModelName(),
                standing.getChampion(),
                standing.getChallenger(),
                DecisionText.words(standing.getPhase()),
                StandingText.labels(standing),
                standing.getLabelsNeeded(),
                standing.getChallengerAlone(),
                standing.getChampionAlone(),
                standing.getLogEValueNeeded(),
                standing.getLogEValueAgainstNeeded(),
                told.looks(),
                ended ? List.of() : StandingText.waitsFor(standing),
                unproved.stream()
                        .limit(SEGMENTS_SHOWN)
                        .map(ExperimentView::unproved)
                        .toList(),
                Math.max(0, unproved.size() - SEGMENTS_SHOWN),
                millis(standing.getBegunAt()),
                millis(standing.getEndsAt()),
                standing.getLookedAt().toEpochMilli(),
                told.decision() == null ? null : decision(told.decision(), names),
                disagreements.newest().stream()
                        .map(picture -> picture(picture, names))
                        .toList()));
    }

    /** Of a class by its name: who reads the page knows no numbers. */
    private static SegmentCounts named(SegmentCounts segment, List<String> names) {
        String name = segment.getName();
        if (segment.getKind() == SegmentKind.CLASS && name.matches("\\d{1,6}")) {
            name = LabelNames.name(names, Integer.parseInt(name));
        }
        return SegmentCounts.newBuilder(segment)
                .setName(name.isEmpty() ? "without a name" : name)
                .build();
    }

    private static Unproved unproved(UnprovedSegment one) {
        SegmentCounts counts = one.getSegment();
        return new Unproved(
                DecisionText.of(counts),
                counts.getChallengerAlone() + counts.getChampionAlone() + counts.getAlike(),
                counts.getChallengerAlone(),
                counts.getChampionAlone(),
                one.getLogEValue());
    }

    private static Decision decision(ExperimentDecision told, List<String> names) {
        SegmentCounts segment = told.getSegment();
        ExperimentDecision named = ExperimentDecision.newBuilder(told)
                .setSegment(segment == null ? null : named(segment, names))
                .build();
        return new Decision(
                told.getCandidate(),
                DecisionText.words(told.getOutcome()),
                DecisionText.of(named),
                told.getDecidedAt().toEpochMilli());
    }

    private static Picture picture(Disagreements.Picture one, List<String> names) {
        return new Picture(
                one.picture(),
                LabelNames.name(names, one.champion()),
                one.champion() == one.actual(),
                LabelNames.name(names, one.challenger()),
                one.challenger() == one.actual(),
                LabelNames.name(names, one.actual()));
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}

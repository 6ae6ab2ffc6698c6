package dev.hemline.quality.referee;

import dev.hemline.event.Disagreement;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.LabellerCounts;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.SegmentKind;
import dev.hemline.quality.experiment.Comparison;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import dev.hemline.topic.EventChecks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What two versions made of the same labelled events, counted; wins are the challenger's. Bounded, whatever sources and classes
 * there are. Not for several threads.
 */
final class Tally {
    /** Those that come first: for more than are looked at nothing could be guaranteed. */
    static final int MOST_SEGMENTS = 64;

    /** Of a model of ten classes there are 900. */
    private static final int MOST_DISAGREEMENTS = 1_000;

    private static final long MOST_LABELS = 1L << 40;

    /** Anybody may call themselves anything; those that come first. */
    private static final int MOST_LABELLERS = 64;

    /** What the rest of them are called. */
    private static final String OTHERS = "…";

    private final Map<Segment, PairedCounts> segments = new LinkedHashMap<>();
    private final Map<Kind, Long> disagreements = new LinkedHashMap<>();
    private final Map<String, Long> labellers = new LinkedHashMap<>();
    private PairedCounts all = PairedCounts.NONE;

    /** What both made of events of one class, where that was not the same. */
    private record Kind(int actual, int champion, int challenger) {}

    /**
     * An event that both answered, and what it shows.
     *
     * @param champion the class that the champion gave
     * @param challenger the class that the challenger gave
     * @param by who found the true class out
     */
    record Answers(int actual, String source, int champion, int challenger, String by) {
        Comparison comparison() {
            return new Comparison(actual, source, actual == champion, actual == challenger);
        }
    }

    void add(Answers answers) {
        count(answers, 1);
    }

    /** Takes back what was added: somebody found out otherwise. */
    void remove(Answers answers) {
        count(answers, -1);
    }

    /** All or nothing: counts that would be negative are refused first. */
    private void count(Answers answers, int events) {
        Comparison comparison = answers.comparison();
        PairedCounts sum = all.with(comparison, events);
        Map<Segment, PairedCounts> parts = new LinkedHashMap<>();
        int room = MOST_SEGMENTS - segments.size();
        for (Segment segment : List.of(Segment.ofClass(answers.actual()), Segment.ofSource(answers.source()))) {
            PairedCounts known = segments.get(segment);
            if (known != null) {
                parts.put(segment, known.with(comparison, events));
            } else if (events > 0 && room-- > 0) {
                parts.put(segment, PairedCounts.NONE.with(comparison, events));
            }
        }
        all = sum;
        segments.putAll(parts);
        if (answers.champion() != answers.challenger()) {
            count(new Kind(answers.actual(), answers.champion(), answers.challenger()), events);
        }
        count(answers.by(), events);
    }

    private void count(String by, long labels) {
        labellers.merge(labeller(by), labels, Long::sum);
    }

    private String labeller(String by) {
        return labellers.containsKey(by) || labellers.size() < MOST_LABELLERS ? by : OTHERS;
    }

    /** How many labels are of that one, or of all for whom there was no place. */
    long labels(String by) {
        return labellers.getOrDefault(labeller(by), 0L);
    }

    private void count(Kind kind, long events) {
        if (disagreements.containsKey(kind) || (events > 0 && disagreements.size() < MOST_DISAGREEMENTS)) {
            disagreements.merge(kind, events, Long::sum);
        }
    }

    PairedCounts all() {
        return all;
    }

    /** In the order in which they came. */
    Map<Segment, PairedCounts> segments() {
        return segments;
    }

    /** Adds those of other partitions, with all segments that one of them has. */
    void add(Tally others) {
        all = all.plus(others.all);
        others.segments.forEach((segment, counts) -> segments.merge(segment, counts, PairedCounts::plus));
        others.disagreements.forEach(this::count);
        others.labellers.forEach(this::count);
    }

    /** The same with these segments alone, in this order, whether there are counts of them or not. */
    Tally of(Collection<Segment> looked) {
        Tally tally = new Tally();
        tally.all = all;
        looked.forEach(segment -> tally.segments.put(segment, segments.getOrDefault(segment, PairedCounts.NONE)));
        tally.disagreements.putAll(disagreements);
        tally.labellers.putAll(labellers);
        return tally;
    }

    /**
     * What was told.
     *
     * @throws IllegalArgumentException if no program of ours can have told it
     */
    static Tally of(ExperimentCounts counts) {
        var tally = new Tally();
        tally.all = possible(counts.getChallengerAlone(), counts.getChampionAlone(), counts.getAlike());
        if (counts.getSegments().size() > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "It has " + counts.getSegments().size() + " segments; at most " + MOST_SEGMENTS + " are looked at");
        }
        for (SegmentCounts segment : counts.getSegments()) {
            if (segment.getName().length() > EventChecks.MAX_NAME_CHARS) {
                throw new IllegalArgumentException(
                        "No segment has a name of " + segment.getName().length() + " characters");
            }
            if (segment.getKind() != SegmentKind.UNKNOWN) {
                tally.segments.put(
                        new Segment(Segment.Kind.valueOf(segment.getKind().name()), segment.getName()),
                        possible(segment.getChallengerAlone(), segment.getChampionAlone(), segment.getAlike()));
            }
        }
        for (Disagreement kind : counts.getDisagreements()) {
            if (kind.getEvents() < 0) {
                throw new IllegalArgumentException("One of its disagreements has " + kind.getEvents() + " events");
            }
            tally.count(new Kind(kind.getActual(), kind.getChampion(), kind.getChallenger()), kind.getEvents());
        }
        for (LabellerCounts labeller : counts.getLabellers()) {
            if (labeller.getLabels() < 0
                    || labeller.getLabels() > MOST_LABELS
                    || labeller.getBy().length() > EventChecks.MAX_NAME_CHARS) {
                throw new IllegalArgumentException("One of its labellers has a name of "
                        + labeller.getBy().length() + " characters and " + labeller.getLabels() + " labels");
            }
            tally.count(labeller.getBy(), labeller.getLabels());
        }
        return tally;
    }

    private static PairedCounts possible(long challengerAlone, long championAlone, long alike) {
        if (Math.max(Math.max(challengerAlone, championAlone), alike) > MOST_LABELS) {
            throw new IllegalArgumentException("It counts more labels than anybody has");
        }
        return new PairedCounts(/* wins= */ challengerAlone, /* losses= */ championAlone, /* ties= */ alike);
    }

    ExperimentCounts written(Pairing pairing, int partition) {
        return new ExperimentCounts(
                pairing.model(),
                pairing.champion(),
                pairing.challenger(),
                partition,
                all.wins(),
                all.losses(),
                all.ties(),
                writtenSegments(),
                writtenDisagreements(),
                writtenLabellers());
    }

    List<SegmentCounts> writtenSegments() {
        return segments.entrySet().stream()
                .map(segment -> written(segment.getKey(), segment.getValue()))
                .toList();
    }

    static SegmentCounts written(Segment segment, PairedCounts counts) {
        return new SegmentCounts(
                SegmentKind.valueOf(segment.kind().name()),
                segment.name(),
                counts.wins(),
                counts.losses(),
                counts.ties());
    }

    List<LabellerCounts> writtenLabellers() {
        return labellers.entrySet().stream()
                .filter(labeller -> labeller.getValue() > 0)
                .map(labeller -> new LabellerCounts(labeller.getKey(), labeller.getValue()))
                .toList();
    }

    List<Disagreement> writtenDisagreements() {
        return disagreements.entrySet().stream()
                .filter(kind -> kind.getValue() > 0)
                .map(kind -> new Disagreement(
                        kind.getKey().actual(),
                        kind.getKey().champion(),
                        kind.getKey().challenger(),
                        kind.getValue()))
                .toList();
    }
}

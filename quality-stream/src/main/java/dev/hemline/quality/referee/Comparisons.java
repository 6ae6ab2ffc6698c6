package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentState;
import dev.hemline.quality.experiment.Decision;
import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is kept of each pair of versions beside its counts, and what follows from both. */
final class Comparisons {
    private static final ExperimentState NOTHING = new ExperimentState("", List.of(), List.of());

    private final KeyValueStore<String, ExperimentState> states;
    private final Rules rules;

    Comparisons(KeyValueStore<String, ExperimentState> states, Rules rules) {
        this.states = states;
        this.rules = rules;
    }

    /**
     * Counts looked at by the rules.
     *
     * @param counts of the segments that are looked at
     * @param before how it ended before this look; empty where it had not
     * @param decision the end that this look makes; empty where it had ended
     */
    record Look(
            Phase phase,
            Design design,
            Tally counts,
            Experiment experiment,
            Optional<Outcome> before,
            Optional<Decision> decision) {
        Optional<Outcome> outcome() {
            return before.or(() -> decision.map(Decision::outcome));
        }

        private Look endedBy(Decision end) {
            return new Look(phase, design, counts, experiment, before, Optional.of(end));
        }
    }

    /** Looks, and keeps what comes of it. */
    Look look(Pairing pairing, Tally sum) {
        Look look = peek(pairing, sum);
        if (look.before().isEmpty()) {
            keep(pairing, look);
        }
        return look;
    }

    /** Ends what is not over yet. */
    Look end(Pairing pairing, Tally sum) {
        Look look = look(pairing, sum);
        if (look.outcome().isPresent()) {
            return look;
        }
        Look ended = look.endedBy(look.experiment().outOfTime());
        keep(pairing, ended);
        return ended;
    }

    private Look peek(Pairing pairing, Tally sum) {
        Phase phase = pairing.phase();
        Design design = rules.of(phase);
        ExperimentState before = state(pairing, phase);
        Tally counts = sum.of(looked(before, sum, design));
        var experiment = new Experiment(phase, design, segments(before.getBusy()));
        Optional<Decision> decision =
                experiment.look(ofCandidate(phase, counts.all()), ofCandidate(phase, counts.segments()));
        Optional<Outcome> ended = Stream.of(Outcome.values())
                .filter(outcome -> outcome.name().equals(before.getOutcome()))
                .findFirst();
        return new Look(phase, design, counts, experiment, ended, ended.isPresent() ? Optional.empty() : decision);
    }

    private void keep(Pairing pairing, Look look) {
        states.put(
                key(pairing, look.phase()),
                new ExperimentState(
                        look.outcome().map(Outcome::name).orElse(""),
                        names(look.counts().segments().keySet()),
                        names(look.experiment().busy())));
    }

    void forget(Pairing pairing) {
        for (Phase phase : Phase.values()) {
            states.delete(key(pairing, phase));
        }
    }

    private ExperimentState state(Pairing pairing, Phase phase) {
        ExperimentState known = states.get(key(pairing, phase));
        return known == null ? NOTHING : known;
    }

    private static String key(Pairing pairing, Phase phase) {
        return pairing + "/" + phase;
    }

    /** Those that were looked at before, and what room there is for others: each is a test more. */
    private static Set<Segment> looked(ExperimentState before, Tally sum, Design design) {
        Set<Segment> looked = segments(before.getSegments());
        sum.segments().keySet().stream()
                .filter(segment -> !looked.contains(segment))
                .limit(Math.max(0, design.segments() - looked.size()))
                .toList()
                .forEach(looked::add);
        return looked;
    }

    private static Set<Segment> segments(List<String> names) {
        Set<Segment> segments = new LinkedHashSet<>();
        names.forEach(name -> Segment.parse(name).ifPresent(segments::add));
        return segments;
    }

    private static List<String> names(Collection<Segment> segments) {
        return segments.stream().map(Segment::toString).toList();
    }

    /** In a probation the candidate is the champion. */
    private static PairedCounts ofCandidate(Phase phase, PairedCounts counts) {
        return phase == Phase.TRIAL ? counts : counts.mirrored();
    }

    private static Map<Segment, PairedCounts> ofCandidate(Phase phase, Map<Segment, PairedCounts> segments) {
        Map<Segment, PairedCounts> ofCandidate = new LinkedHashMap<>();
        segments.forEach((segment, counts) -> ofCandidate.put(segment, ofCandidate(phase, counts)));
        return ofCandidate;
    }
}

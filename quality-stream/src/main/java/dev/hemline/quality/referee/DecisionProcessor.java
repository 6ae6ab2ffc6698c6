package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentState;
import dev.hemline.quality.experiment.Decision;
import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.quality.experiment.PairedCounts;
import dev.hemline.quality.experiment.Segment;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adds the counts of all partitions up and decides, once for each pair of versions and each of their places. */
final class DecisionProcessor extends ContextualProcessor<byte[], byte[], String, ExperimentDecision> {
    private final EventSerde<ExperimentCounts> counts;
    private final int partitions;
    private final Function<Phase, Design> designs;
    private final RefereeListener listener;
    private final Pairings<Map<Integer, Tally>> tallies = new Pairings<>();
    private @Nullable KeyValueStore<String, ExperimentCounts> parts;
    private @Nullable KeyValueStore<String, ExperimentState> states;

    /** @param partitions in which is counted */
    DecisionProcessor(
            EventSerde<ExperimentCounts> counts,
            int partitions,
            Function<Phase, Design> designs,
            RefereeListener listener) {
        this.counts = counts;
        this.partitions = partitions;
        this.designs = designs;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, ExperimentDecision> task) {
        super.init(task);
        // After a commit that failed the same processor begins again, with stores as they were committed.
        tallies.clear();
        states = task.getStateStore(RefereeTopology.EXPERIMENTS);
        KeyValueStore<String, ExperimentCounts> kept = task.getStateStore(RefereeTopology.PARTS);
        parts = kept;
        try (KeyValueIterator<String, ExperimentCounts> all = kept.all()) {
            while (all.hasNext()) {
                takeUp(all.next());
            }
        }
        makeRoom();
        tallies.all().forEach(pairing -> tell(pairing, sum(pairing)));
    }

    /** Anybody may have written to a changelog who may write there. */
    private void takeUp(KeyValue<String, ExperimentCounts> kept) {
        if (kept.value == null) {
            return;
        }
        try {
            note(kept.value);
        } catch (IllegalArgumentException e) {
            listener.passedOver(RefereeTopology.PARTS, String.valueOf(e.getMessage()));
        }
    }

    private Pairing note(ExperimentCounts told) {
        Pairing pairing = Pairing.of(told);
        if (told.getPartition() < 0 || told.getPartition() >= partitions) {
            throw new IllegalArgumentException("There is no partition " + told.getPartition());
        }
        Tally tally = Tally.of(told);
        tallies.of(pairing, TreeMap::new).put(told.getPartition(), tally);
        return pairing;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Pairing pairing;
        try {
            ExperimentCounts told = counts.decode(record.value());
            pairing = note(told);
            Objects.requireNonNull(parts).put(pairing + "/" + told.getPartition(), told);
        } catch (UndecodableEventException | IllegalArgumentException e) {
            listener.passedOver(Topics.EXPERIMENT_COUNTS.name(), String.valueOf(e.getMessage()));
            return;
        }
        try {
            makeRoom();
            if (tallies.get(pairing) != null) {
                look(pairing, record.timestamp());
            }
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            listener.failed("decide", e);
        }
    }

    private void look(Pairing pairing, long now) {
        Tally sum = sum(pairing);
        tell(pairing, sum);
        Phase phase = phase(pairing);
        ExperimentState before = state(pairing, phase);
        if (!before.getOutcome().isEmpty()) {
            return;
        }
        Design design = designs.apply(phase);
        Tally looked = sum.of(looked(before, sum, design));
        var experiment = new Experiment(phase, design, segments(before.getBusy()));
        Optional<Decision> decision =
                experiment.look(ofCandidate(phase, looked.all()), ofCandidate(phase, looked.segments()));
        keep(
                pairing,
                phase,
                new ExperimentState(
                        decision.map(made -> made.outcome().name()).orElse(""),
                        names(looked.segments().keySet()),
                        names(experiment.busy())));
        if (decision.isPresent()) {
            ExperimentDecision written = written(pairing, phase, design, decision.get(), looked, now);
            listener.decided(written);
            context().forward(new Record<>(pairing.model(), written, now));
        }
    }

    private Tally sum(Pairing pairing) {
        Tally sum = new Tally();
        Objects.requireNonNull(tallies.get(pairing)).values().forEach(sum::add);
        return sum;
    }

    private void tell(Pairing pairing, Tally sum) {
        Phase phase = phase(pairing);
        var experiment = new Experiment(phase, designs.apply(phase));
        listener.compared(pairing, sum.all(), experiment.logEValue(ofCandidate(phase, sum.all())));
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

    /** Whether the one that serves was promoted over the one that shadows. */
    private Phase phase(Pairing pairing) {
        return state(pairing.swapped(), Phase.TRIAL).getOutcome().equals(Outcome.PROMOTED.name())
                ? Phase.PROBATION
                : Phase.TRIAL;
    }

    private ExperimentState state(Pairing pairing, Phase phase) {
        ExperimentState known = Objects.requireNonNull(states).get(key(pairing, phase));
        return known == null ? new ExperimentState("", List.of(), List.of()) : known;
    }

    private void keep(Pairing pairing, Phase phase, ExperimentState state) {
        Objects.requireNonNull(states).put(key(pairing, phase), state);
    }

    private static String key(Pairing pairing, Phase phase) {
        return pairing + "/" + phase;
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

    private static ExperimentDecision written(
            Pairing pairing, Phase phase, Design design, Decision decision, Tally sum, long now) {
        boolean trial = phase == Phase.TRIAL;
        return new ExperimentDecision(
                pairing.model(),
                trial ? pairing.challenger() : pairing.champion(),
                trial ? pairing.champion() : pairing.challenger(),
                ExperimentPhase.valueOf(phase.name()),
                ExperimentOutcome.valueOf(decision.outcome().name()),
                ExperimentReason.valueOf(decision.reason().name()),
                decision.segment()
                        .map(segment -> Tally.written(segment, sum.segments().getOrDefault(segment, PairedCounts.NONE)))
                        .orElse(null),
                decision.logEValue(),
                design.alpha(),
                design.margin(),
                design.segmentMargin(),
                sum.all().wins(),
                sum.all().losses(),
                sum.all().ties(),
                sum.writtenSegments(),
                sum.writtenDisagreements(),
                Instant.ofEpochMilli(now));
    }

    private void makeRoom() {
        tallies.makeRoom().forEach(oldest -> {
            for (int partition = 0; partition < partitions; partition++) {
                Objects.requireNonNull(parts).delete(oldest + "/" + partition);
            }
            for (Phase phase : Phase.values()) {
                Objects.requireNonNull(states).delete(key(oldest, phase));
            }
        });
    }

    /** The counts may go to another instance. */
    @Override
    public void close() {
        listener.left();
    }
}

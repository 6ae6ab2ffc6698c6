package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.quality.referee.Comparisons.Look;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds the counts of all partitions up and decides, once for each pair of versions and each of their places; and tells now and then how
 * each stands.
 */
final class DecisionProcessor extends ContextualProcessor<byte[], byte[], String, SpecificRecord> {
    /** Often enough for people, and few enough to keep all. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofSeconds(5);

    private final EventSerde<ExperimentCounts> counts;
    private final int partitions;
    private final Rules rules;
    private final Supplier<Optional<Challenge>> standing;
    private final RefereeListener listener;
    private final Pairings<Map<Integer, Tally>> tallies = new Pairings<>();
    private final Set<Pairing> changed = new HashSet<>();
    private Optional<Challenge> challenge = Optional.empty();
    private @Nullable KeyValueStore<String, ExperimentCounts> parts;
    private @Nullable Comparisons comparisons;

    /**
     * @param partitions in which is counted
     * @param standing what shadows what serves, asked every few seconds
     */
    DecisionProcessor(
            EventSerde<ExperimentCounts> counts,
            int partitions,
            Rules rules,
            Supplier<Optional<Challenge>> standing,
            RefereeListener listener) {
        this.counts = counts;
        this.partitions = partitions;
        this.rules = rules;
        this.standing = standing;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> task) {
        super.init(task);
        // After a commit that failed the same processor begins again, with stores as they were committed.
        tallies.clear();
        changed.clear();
        challenge = Optional.empty();
        comparisons = new Comparisons(task.getStateStore(RefereeTopology.STATES), rules);
        KeyValueStore<String, ExperimentCounts> kept = task.getStateStore(RefereeTopology.PARTS);
        parts = kept;
        try (KeyValueIterator<String, ExperimentCounts> all = kept.all()) {
            while (all.hasNext()) {
                takeUp(all.next());
            }
        }
        makeRoom();
        task.schedule(BETWEEN_TELLINGS, PunctuationType.WALL_CLOCK_TIME, this::tellSafely);
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
        changed.add(pairing);
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
        safely("decide", () -> {
            makeRoom();
            if (tallies.get(pairing) != null) {
                decide(pairing, Objects.requireNonNull(comparisons).look(pairing, sum(pairing)), record.timestamp());
            }
        });
    }

    private void decide(Pairing pairing, Look look, long now) {
        look.decision().ifPresent(decision -> {
            ExperimentDecision written = ExperimentEvents.decision(pairing, look, decision, now);
            listener.decided(written);
            context().forward(new Record<>(pairing.model(), written, now), RefereeTopology.DECISIONS);
        });
    }

    private Tally sum(Pairing pairing) {
        Tally sum = new Tally();
        Objects.requireNonNull(tallies.get(pairing)).values().forEach(sum::add);
        return sum;
    }

    private void tellSafely(long now) {
        safely("tell how comparisons stand", () -> {
            lookWhatStands(now);
            changed.forEach(pairing -> tell(pairing, now));
            changed.clear();
        });
    }

    /** A challenger without any labels is one, too, and has as long as others. */
    private void lookWhatStands(long now) {
        Optional<Challenge> before = challenge;
        challenge = standing.get();
        if (!challenge.equals(before)) {
            before.map(Challenge::pairing)
                    .filter(pairing -> tallies.get(pairing) != null)
                    .ifPresent(changed::add);
        }
        challenge.ifPresent(stands -> {
            Pairing pairing = stands.pairing();
            tallies.of(pairing, TreeMap::new);
            makeRoom();
            if (tallies.get(pairing) == null) {
                return;
            }
            if (!challenge.equals(before)) {
                changed.add(pairing);
            }
            if (now >= stands.since().plus(rules.timeLimit()).toEpochMilli()) {
                Look ended = Objects.requireNonNull(comparisons).end(pairing, sum(pairing));
                if (ended.decision().isPresent()) {
                    decide(pairing, ended, now);
                    changed.add(pairing);
                }
            }
        });
    }

    private void tell(Pairing pairing, long now) {
        if (tallies.get(pairing) == null) {
            context().forward(new Record<>(pairing.toString(), null, now), RefereeTopology.STANDINGS);
            return;
        }
        Look look = Objects.requireNonNull(comparisons).look(pairing, sum(pairing));
        // What was kept may be enough by rules that are others since.
        decide(pairing, look, now);
        ExperimentStanding written = ExperimentEvents.standing(
                pairing, look, challenge.filter(stands -> stands.isOf(pairing)), rules.timeLimit(), now);
        listener.stands(pairing, written);
        context().forward(new Record<>(pairing.toString(), written, now), RefereeTopology.STANDINGS);
    }

    /** An error of ours ends nothing. */
    private void safely(String step, Runnable action) {
        try {
            action.run();
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            listener.failed(step, e);
        }
    }

    private void makeRoom() {
        tallies.makeRoom().forEach(oldest -> {
            changed.add(oldest);
            for (int partition = 0; partition < partitions; partition++) {
                Objects.requireNonNull(parts).delete(oldest + "/" + partition);
            }
            Objects.requireNonNull(comparisons).forget(oldest);
        });
    }

    /** The counts may go to another instance. */
    @Override
    public void close() {
        listener.left();
    }
}

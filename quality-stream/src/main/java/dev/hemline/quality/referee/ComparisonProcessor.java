package dev.hemline.quality.referee;

import dev.hemline.event.Classification;
import dev.hemline.event.ComparedEvent;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.JudgedAnswer;
import dev.hemline.event.Score;
import dev.hemline.event.ShadowAnswer;
import dev.hemline.quality.referee.ComparedEvents.Known;
import dev.hemline.quality.referee.Tally.Answers;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
 * Brings a challenger's results of one partition together with what labels made of the champion's, whichever comes first, and counts by
 * pairs of versions. A label that says otherwise than the one before moves what it had counted.
 */
final class ComparisonProcessor extends ContextualProcessor<byte[], byte[], String, ExperimentCounts> {
    private static final Duration BETWEEN_TELLINGS = Duration.ofSeconds(1);
    /** Nobody asks more versions about one event; what comes after them does not count. */
    private static final int MOST_ANSWERS = 16;

    private final Duration window;
    private final long mostLabelsOfOne;
    private final Predicate<String> believed;
    private final EventFormats formats;
    private final RefereeListener listener;
    private final Pairings<Tally> tallies = new Pairings<>();
    private final Set<Pairing> changed = new HashSet<>();
    private @Nullable ComparedEvents events;
    private @Nullable KeyValueStore<String, ExperimentCounts> store;

    /**
     * @param window how long an event waits for its label, and a label for the challenger's answer
     * @param mostLabelsOfOne labels of one labeller that count in this partition
     * @param believed whose labels count at all; for several threads
     * @param formats how results and scores are read
     */
    ComparisonProcessor(
            Duration window,
            long mostLabelsOfOne,
            Predicate<String> believed,
            EventFormats formats,
            RefereeListener listener) {
        this.window = window;
        this.mostLabelsOfOne = mostLabelsOfOne;
        this.believed = believed;
        this.formats = formats;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, ExperimentCounts> task) {
        super.init(task);
        // After a commit that failed the same processor begins again, with stores as they were committed.
        tallies.clear();
        changed.clear();
        events = new ComparedEvents(task.getStateStore(RefereeTopology.EVENTS), window);
        KeyValueStore<String, ExperimentCounts> kept = task.getStateStore(RefereeTopology.TALLIES);
        store = kept;
        try (KeyValueIterator<String, ExperimentCounts> all = kept.all()) {
            while (all.hasNext()) {
                takeUp(all.next());
            }
        }
        makeRoom(kept);
        task.schedule(BETWEEN_TELLINGS, PunctuationType.WALL_CLOCK_TIME, this::tell);
    }

    /** Anybody may have written to a changelog who may write there. Nobody knows what was told before the end. */
    private void takeUp(KeyValue<String, ExperimentCounts> kept) {
        if (kept.value == null) {
            return;
        }
        try {
            Pairing pairing = Pairing.of(kept.value);
            Tally tally = Tally.of(kept.value);
            tallies.of(pairing, Tally::new).add(tally);
            changed.add(pairing);
        } catch (IllegalArgumentException e) {
            listener.passedOver(RefereeTopology.TALLIES, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        String topic = context().recordMetadata().orElseThrow().topic();
        if (record.value() == null) {
            return;
        }
        try {
            if (topic.equals(Topics.SHADOW_CLASSIFICATIONS.name())) {
                answered(formats.results().decode(record.value()));
            } else {
                judged(formats.scores().decode(record.value()));
            }
        } catch (UndecodableEventException e) {
            listener.passedOver(topic, String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            listener.failed("compare", e);
        }
    }

    private void answered(Classification result) {
        Optional<String> fault = EventChecks.fault(result);
        if (fault.isPresent()) {
            listener.passedOver(Topics.SHADOW_CLASSIFICATIONS.name(), fault.get());
            return;
        }
        Known known =
                Objects.requireNonNull(events).find(result.getId(), context().currentSystemTimeMs());
        var answer = new ShadowAnswer(result.getModelName(), result.getModelVersion(), result.getLabel());
        List<ShadowAnswer> others = known.event().getChallengers();
        if (others.size() == MOST_ANSWERS || others.stream().anyMatch(other -> isSameVersion(other, answer))) {
            return;
        }
        List<JudgedAnswer> champions = known.event().getChampions().stream()
                .map(champion -> counted(champion, answer))
                .toList();
        put(result.getId(), known, champions, plus(others, answer));
    }

    private void judged(Score score) {
        if (!EventChecks.isId(score.getId())
                || score.getBy().length() > EventChecks.MAX_NAME_CHARS
                || !ModelKey.isVersion(score.getModelName(), score.getModelVersion())
                || score.getSource().length() > EventChecks.MAX_NAME_CHARS) {
            listener.passedOver(Topics.SCORES.name(), "it is of no possible id, version, source or labeller");
            return;
        }
        Known known =
                Objects.requireNonNull(events).find(score.getId(), context().currentSystemTimeMs());
        var answer = new JudgedAnswer(
                score.getModelName(),
                score.getModelVersion(),
                score.getPredicted(),
                score.getActual(),
                score.getSource(),
                score.getBy(),
                List.of());
        Optional<JudgedAnswer> before = known.event().getChampions().stream()
                .filter(other -> isSameVersion(other, answer))
                .findFirst();
        if (before.isEmpty() && known.event().getChampions().size() == MOST_ANSWERS) {
            return;
        }
        // Whoever is not believed takes back nobody's word either, or would choose whose labels count.
        if (before.filter(was -> believed.test(was.getBy())).isPresent() && !believed.test(answer.getBy())) {
            listener.notBelieved();
            return;
        }
        List<ShadowAnswer> challengers = known.event().getChallengers();
        before.ifPresent(was -> challengers.forEach(challenger -> takeBack(was, challenger)));
        JudgedAnswer judged = answer;
        for (ShadowAnswer challenger : challengers) {
            judged = counted(judged, challenger);
        }
        List<JudgedAnswer> others = known.event().getChampions().stream()
                .filter(other -> !isSameVersion(other, answer))
                .toList();
        put(score.getId(), known, plus(others, judged), challengers);
    }

    private void put(String id, Known known, List<JudgedAnswer> champions, List<ShadowAnswer> challengers) {
        Objects.requireNonNull(events).put(id, new Known(new ComparedEvent(champions, challengers), known.since()));
    }

    /** The champion's, counted beside the challenger's unless whoever labelled it has labelled enough, or is not believed. */
    private JudgedAnswer counted(JudgedAnswer champion, ShadowAnswer challenger) {
        if (!champion.getModelName().equals(challenger.getModelName())
                || champion.getModelVersion() == challenger.getModelVersion()) {
            return champion;
        }
        if (!believed.test(champion.getBy())) {
            listener.notBelieved();
            return champion;
        }
        Pairing pairing = pairing(champion, challenger);
        Tally tally = tallies.of(pairing, Tally::new);
        if (tally.labels(champion.getBy()) >= mostLabelsOfOne) {
            listener.overQuota();
            return champion;
        }
        tally.add(answers(champion, challenger));
        keep(pairing, tally);
        return JudgedAnswer.newBuilder(champion)
                .setCounted(plus(champion.getCounted(), challenger.getModelVersion()))
                .build();
    }

    private void takeBack(JudgedAnswer champion, ShadowAnswer challenger) {
        if (!champion.getCounted().contains(challenger.getModelVersion())
                || !champion.getModelName().equals(challenger.getModelName())) {
            return;
        }
        Pairing pairing = pairing(champion, challenger);
        Tally tally = tallies.get(pairing);
        if (tally != null) {
            tally.remove(answers(champion, challenger));
            keep(pairing, tally);
        }
    }

    private static Pairing pairing(JudgedAnswer champion, ShadowAnswer challenger) {
        return new Pairing(champion.getModelName(), champion.getModelVersion(), challenger.getModelVersion());
    }

    private static Answers answers(JudgedAnswer champion, ShadowAnswer challenger) {
        return new Answers(
                champion.getActual(),
                champion.getSource(),
                champion.getPredicted(),
                challenger.getPredicted(),
                champion.getBy());
    }

    private void keep(Pairing pairing, Tally tally) {
        changed.add(pairing);
        KeyValueStore<String, ExperimentCounts> kept = Objects.requireNonNull(store);
        kept.put(pairing.toString(), tally.written(pairing, context().taskId().partition()));
        makeRoom(kept);
    }

    private void makeRoom(KeyValueStore<String, ExperimentCounts> kept) {
        tallies.makeRoom().forEach(oldest -> {
            changed.remove(oldest);
            kept.delete(oldest.toString());
        });
    }

    private void tell(long now) {
        int partition = context().taskId().partition();
        for (Pairing pairing : changed) {
            Tally tally = tallies.get(pairing);
            if (tally != null) {
                context().forward(new Record<>(pairing + "/" + partition, tally.written(pairing, partition), now));
            }
        }
        changed.clear();
    }

    private static boolean isSameVersion(ShadowAnswer one, ShadowAnswer other) {
        return one.getModelVersion() == other.getModelVersion()
                && one.getModelName().equals(other.getModelName());
    }

    private static boolean isSameVersion(JudgedAnswer one, JudgedAnswer other) {
        return one.getModelVersion() == other.getModelVersion()
                && one.getModelName().equals(other.getModelName());
    }

    private static <T> List<T> plus(List<T> answers, T next) {
        return Stream.concat(answers.stream(), Stream.of(next)).toList();
    }
}

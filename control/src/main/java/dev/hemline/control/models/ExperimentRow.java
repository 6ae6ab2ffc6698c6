package dev.hemline.control.models;

import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.SegmentCounts;
import dev.hemline.service.DecisionText;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the comparison of two versions stands; by these names in JSON too.
 *
 * @param labels of events that both answered
 * @param challengerAlone how many of them the challenger alone had right
 * @param championAlone how many the champion alone had
 * @param difference by how much the challenger's accuracy is higher there, -1 to 1
 * @param decision null before there is one
 */
record ExperimentRow(
        int challenger,
        int champion,
        long labels,
        long challengerAlone,
        long championAlone,
        double difference,
        @Nullable Decision decision) {

    /**
     * What was decided.
     *
     * @param segment such as {@code class 7}; null where all of the events decided
     * @param logEValue the natural logarithm of the e-value that decided
     */
    record Decision(
            String phase,
            int candidate,
            String outcome,
            String reason,
            @Nullable String segment,
            double logEValue,
            Instant at) {
        static Decision of(ExperimentDecision told) {
            SegmentCounts segment = told.getSegment();
            return new Decision(
                    DecisionText.words(told.getPhase()),
                    told.getCandidate(),
                    DecisionText.words(told.getOutcome()),
                    DecisionText.words(told.getReason()),
                    segment == null ? null : DecisionText.of(segment),
                    told.getLogEValue(),
                    told.getDecidedAt());
        }
    }

    /** All of a model's, for programs. */
    record Listing(String model, List<ExperimentRow> experiments) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRow.class);
    private static final long MOST_LABELS = 1L << 40;

    private record Pair(int challenger, int champion) {}

    /**
     * The newest challenger first.
     *
     * @param counts records of topic {@code experiment-counts}, all that there are
     * @param decisions records of topic {@code experiment-decisions}, likewise
     * @param writers schemas of other releases
     */
    static List<ExperimentRow> of(
            String model,
            List<ConsumerRecord<byte[], byte[]>> counts,
            List<ConsumerRecord<byte[], byte[]>> decisions,
            WriterSchemas writers) {
        Map<Pair, Map<Integer, ExperimentCounts>> newest = new HashMap<>();
        read(counts, EventSerde.of(ExperimentCounts.class).reading(writers)).stream()
                .filter(told -> told.getModelName().equals(model) && isPossible(told))
                .forEach(told -> newest.computeIfAbsent(
                                new Pair(told.getChallenger(), told.getChampion()), unknown -> new TreeMap<>())
                        .put(told.getPartition(), told));
        Map<Pair, ExperimentDecision> decided = decisions(model, decisions, writers).stream()
                .collect(Collectors.toMap(ExperimentRow::pair, told -> told, (first, second) -> first));
        return newest.entrySet().stream()
                .map(pair -> of(
                        pair.getKey(),
                        List.copyOf(pair.getValue().values()),
                        Optional.ofNullable(decided.get(pair.getKey()))))
                .sorted(Comparator.comparing(ExperimentRow::challenger)
                        .thenComparing(ExperimentRow::champion)
                        .reversed())
                .toList();
    }

    /** Of one model, in order. */
    static List<ExperimentDecision> decisions(
            String model, List<ConsumerRecord<byte[], byte[]>> records, WriterSchemas writers) {
        return read(records, EventSerde.of(ExperimentDecision.class).reading(writers)).stream()
                .filter(told -> told.getModelName().equals(model) && Double.isFinite(told.getLogEValue()))
                .toList();
    }

    private static Pair pair(ExperimentDecision told) {
        return told.getPhase() == ExperimentPhase.PROBATION
                ? new Pair(/* challenger= */ told.getIncumbent(), /* champion= */ told.getCandidate())
                : new Pair(/* challenger= */ told.getCandidate(), /* champion= */ told.getIncumbent());
    }

    private static ExperimentRow of(Pair pair, List<ExperimentCounts> parts, Optional<ExperimentDecision> decision) {
        long challengerAlone =
                parts.stream().mapToLong(ExperimentCounts::getChallengerAlone).sum();
        long championAlone =
                parts.stream().mapToLong(ExperimentCounts::getChampionAlone).sum();
        long labels = challengerAlone
                + championAlone
                + parts.stream().mapToLong(ExperimentCounts::getAlike).sum();
        return new ExperimentRow(
                pair.challenger(),
                pair.champion(),
                labels,
                challengerAlone,
                championAlone,
                labels == 0 ? 0 : (double) (challengerAlone - championAlone) / labels,
                decision.map(Decision::of).orElse(null));
    }

    private static boolean isPossible(ExperimentCounts told) {
        return told.getPartition() >= 0
                && LongStream.of(told.getChallengerAlone(), told.getChampionAlone(), told.getAlike())
                        .allMatch(events -> events >= 0 && events <= MOST_LABELS);
    }

    /** Anybody may have written there. */
    private static <T extends SpecificRecord> List<T> read(
            List<ConsumerRecord<byte[], byte[]>> records, EventSerde<T> events) {
        List<T> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (record.value() != null) {
                    read.add(events.decode(record.value()));
                }
            } catch (UndecodableEventException e) {
                LOG.debug("A record of topic {} counts for nothing", record.topic(), e);
            }
        }
        return read;
    }
}

package dev.hemline.control.models;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.LabellerCounts;
import dev.hemline.event.SegmentCounts;
import dev.hemline.service.DecisionText;
import dev.hemline.service.StandingText;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the comparison of two versions stands; by these names in JSON too.
 *
 * @param phase {@code trial} of the challenger, or {@code probation} of the champion
 * @param labels of events that both answered
 * @param labelsNeeded before it can end well
 * @param challengerAlone how many of them the challenger alone had right
 * @param championAlone how many the champion alone had
 * @param difference by how much the challenger's accuracy is higher there, -1 to 1
 * @param logEValue the natural logarithm of the e-value that speaks for the candidate
 * @param logEValueNeeded what it has to be for a promotion
 * @param waitsFor what has to come before it ends, for people
 * @param begunAt when the challenger was named; null where it is not any more
 * @param endsAt when it ends whatever has come by then; null likewise
 * @param decision null before there is one
 */
record ExperimentRow(
        int challenger,
        int champion,
        String phase,
        long labels,
        int labelsNeeded,
        long challengerAlone,
        long championAlone,
        double difference,
        double logEValue,
        double logEValueNeeded,
        List<String> waitsFor,
        @Nullable Instant begunAt,
        @Nullable Instant endsAt,
        @Nullable Decision decision) {

    /**
     * What was decided.
     *
     * @param segment such as {@code class 7}; null where all of the events decided
     * @param logEValue the natural logarithm of the e-value that decided
     * @param labellers whose labels decided, and how many of each
     */
    record Decision(
            String phase,
            int candidate,
            String outcome,
            String reason,
            @Nullable String segment,
            double logEValue,
            Map<String, Long> labellers,
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
                    told.getLabellers().stream()
                            .collect(Collectors.toMap(
                                    LabellerCounts::getBy, LabellerCounts::getLabels, Long::sum, TreeMap::new)),
                    told.getDecidedAt());
        }
    }

    /** All of a model's, for programs. */
    record Listing(String model, List<ExperimentRow> experiments) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRow.class);

    private record Pair(int challenger, int champion) {}

    /**
     * The newest challenger first.
     *
     * @param standings records of topic {@code experiments}, all that there are
     * @param decisions records of topic {@code experiment-decisions}, likewise
     * @param writers schemas of other releases
     */
    static List<ExperimentRow> of(
            String model,
            List<ConsumerRecord<byte[], byte[]>> standings,
            List<ConsumerRecord<byte[], byte[]>> decisions,
            WriterSchemas writers) {
        Map<Pair, ExperimentStanding> newest = new LinkedHashMap<>();
        read(standings, EventSerde.of(ExperimentStanding.class).reading(writers)).stream()
                .filter(told -> told.getModelName().equals(model)
                        && EventChecks.fault(told).isEmpty())
                .forEach(told -> newest.put(new Pair(told.getChallenger(), told.getChampion()), told));
        Map<Pair, ExperimentDecision> decided = decisions(model, decisions, writers).stream()
                .collect(Collectors.toMap(ExperimentRow::pair, told -> told, (first, second) -> first));
        return newest.entrySet().stream()
                .map(pair -> of(pair.getValue(), Optional.ofNullable(decided.get(pair.getKey()))))
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
        return new Pair(DecisionText.challenger(told), DecisionText.champion(told));
    }

    private static ExperimentRow of(ExperimentStanding told, Optional<ExperimentDecision> decision) {
        long labels = StandingText.labels(told);
        return new ExperimentRow(
                told.getChallenger(),
                told.getChampion(),
                DecisionText.words(told.getPhase()),
                labels,
                told.getLabelsNeeded(),
                told.getChallengerAlone(),
                told.getChampionAlone(),
                labels == 0 ? 0 : (double) (told.getChallengerAlone() - told.getChampionAlone()) / labels,
                told.getLogEValue(),
                told.getLogEValueNeeded(),
                decision.isPresent() ? List.of() : StandingText.waitsFor(told),
                told.getBegunAt(),
                told.getEndsAt(),
                decision.map(Decision::of).orElse(null));
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

package dev.hemline.trainer;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.event.Sample;
import dev.hemline.quality.labeller.KnownLabellers;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Texts;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.labeller.LabellerAudit;
import dev.hemline.trainer.labeller.Suspicion;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.Ballot;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.ReservoirFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whose labels cannot be believed, and says so on topic {@code labellers}. For one thread. */
final class LabellerGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabellerGuard.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String TRAINER = "hemline trainer";
    private static final int MOST_CHARS = 100;

    private final LabellerAudit audit;
    private final CompactedTopic<Labeller> topic;
    private volatile int quarantined;
    private long nextLook = System.nanoTime();

    LabellerGuard(KafkaSettings kafka, LabellerAudit audit) {
        this.audit = audit;
        topic = new CompactedTopic<>(kafka, Topics.LABELLERS, name -> true, PATIENCE);
    }

    /**
     * Looks now and then.
     *
     * @param undisturbed whether a picture looks as those that the version learnt from that answered it
     * @param labellers whom somebody has spoken about
     * @return whether it has told of somebody, of whom {@code labellers} does not know yet
     * @throws KafkaException if it cannot be told
     */
    boolean look(
            ReservoirFeed feed, Collection<Ballot> ballots, Predicate<Sample> undisturbed, KnownLabellers labellers) {
        if (System.nanoTime() - nextLook < 0) {
            return false;
        }
        nextLook = System.nanoTime() + BETWEEN_LOOKS_NANOS;
        quarantined = labellers.quarantined();
        List<Suspicion> suspicions = new ArrayList<>(audit.suspicions(ballots, undisturbed, labellers));
        suspicions.addAll(audit.strangers(ballots, feed.unmatched(Instant.now()), labellers));
        quarantine(suspicions);
        return !suspicions.isEmpty();
    }

    /**
     * Whose labels do not agree with what a version makes of the same pictures that does not hang on them.
     *
     * @param answers what the version makes of each sample, in the same order
     * @param honest the share of labels that may differ where the version is sure
     */
    List<Suspicion> suspicions(
            List<LabelledSample> samples, List<Answer> answers, double honest, KnownLabellers labellers) {
        int[] held = IntStream.range(0, samples.size())
                .filter(i -> !samples.get(i)
                        .arrivedAt()
                        .isBefore(labellers.heldAgainstFrom(samples.get(i).by())))
                .toArray();
        return audit.suspicions(
                IntStream.of(held).mapToObj(samples::get).toList(),
                IntStream.of(held).mapToObj(answers::get).toList(),
                honest);
    }

    /**
     * Says that their labels do not count any more.
     *
     * @throws KafkaException if it cannot be told
     */
    void quarantine(List<Suspicion> suspicions) {
        for (Suspicion suspicion : suspicions) {
            topic.write(
                    suspicion.labeller(),
                    Labeller.newBuilder()
                            .setName(suspicion.labeller())
                            .setState(LabellerState.QUARANTINED)
                            .setReason(suspicion.reason())
                            .setLabels(suspicion.labels())
                            .setDisagreements(suspicion.disagreements())
                            .setBy(TRAINER)
                            .setChangedAt(Instant.now())
                            .build());
            LOG.warn(
                    "Labels of {} do not count any more: {} {}; hemline labellers lift takes that back",
                    name(suspicion.labeller()),
                    name(suspicion.labeller()),
                    suspicion.reason());
        }
    }

    /** How many are, as of the last look. */
    int quarantined() {
        return quarantined;
    }

    private static String name(String labeller) {
        return labeller.isEmpty() ? "whoever gives no name" : Texts.printable(labeller, MOST_CHARS);
    }

    @Override
    public void close() {
        topic.close();
    }
}

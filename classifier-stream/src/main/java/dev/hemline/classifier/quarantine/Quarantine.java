package dev.hemline.classifier.quarantine;

import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.event.EventAttempts;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.topic.Rejection;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last line against an event that ends the process. Each partition says on a topic who holds it. Where its holder is gone
 * and did not release it, events that may have been under way are tried a few at a time, announced before they are touched;
 * those that were announced when a process ended are tried alone; one that was announced at two such ends is not tried
 * again. As long as processes end as they should, nothing is written but who holds what. Thread-safe.
 */
public final class Quarantine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private static final int NOBODY = -1;

    /** What was admitted and is not done yet. */
    public interface UnderWay {
        /** Of a partition. */
        boolean of(int partition);

        /** Of any partition, or just being admitted by another thread. */
        boolean anything();

        /** Whether an event can be read now; one that cannot is not tried, so it is not announced either. */
        boolean isReadable(ConsumerRecord<byte[], byte[]> event);
    }

    private final String instance;
    private final AttemptsLog log;
    private final InstantSource clock;
    private final LogThrottle line = new LogThrottle();
    private final Map<Integer, EventAttempts> held = new ConcurrentHashMap<>();
    /** The partition of which an event is tried alone in this process, until it is done; or none. */
    private final AtomicInteger alone = new AtomicInteger(NOBODY);

    private volatile boolean ending;

    private volatile @Nullable String trouble;

    /**
     * On topic {@code image-events-attempts}.
     *
     * @param instance another one for each process
     */
    public static Quarantine on(KafkaSettings kafka, String applicationId, String instance) {
        return new Quarantine(instance, new AttemptsTopic(kafka, applicationId), InstantSource.system());
    }

    Quarantine(String instance, AttemptsLog log, InstantSource clock) {
        this.instance = instance;
        this.log = log;
        this.clock = clock;
    }

    /**
     * How many of the events that were polled may be tried now, the first of them; takes the partition if it is not held
     * yet. The rest, all of them while brokers do not answer, has to be shown again.
     *
     * @param polled events of one partition, in order, at least one; of one that is not held yet, from where it was committed
     * @param end the offset after the last event that is there
     */
    public int admit(List<ConsumerRecord<byte[], byte[]>> polled, LongSupplier end, UnderWay underWay) {
        int partition = polled.get(0).partition();
        int tried = alone.get();
        if (ending || (tried != NOBODY && tried != partition)) {
            return 0;
        }
        EventAttempts mine = held.get(partition);
        boolean all = mine != null
                && mine.getSuspects().isEmpty()
                && mine.getCarefulTo() <= polled.get(0).offset();
        return all ? polled.size() : admitCarefully(partition, polled, end, underWay);
    }

    private int admitCarefully(
            int partition, List<ConsumerRecord<byte[], byte[]>> polled, LongSupplier end, UnderWay underWay) {
        if (underWay.of(partition)) {
            return 0;
        }
        try {
            long first = polled.get(0).offset();
            EventAttempts mine = held.get(partition);
            if (mine == null) {
                mine = take(partition, first, end.getAsLong());
            }
            if (first < mine.getCarefulTo()) {
                return announce(partition, mine, polled, underWay);
            }
            if (!mine.getSuspects().isEmpty()) {
                mine = Suspects.none(mine);
                log.send(partition, mine);
                held.put(partition, mine);
            }
            return polled.size();
        } catch (RetriableException e) {
            free(partition);
            if (line.isDue("partition " + partition)) {
                LOG.warn("Partition {} of {} waits: {}", partition, Topics.IMAGE_EVENTS, e.getMessage());
            }
            return 0;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            free(partition);
            goOnWithout(partition, e);
            return polled.size();
        }
    }

    private EventAttempts take(int partition, long position, long end) {
        EventAttempts before = log.newest(partition).orElse(Suspects.NONE);
        EventAttempts now = Suspects.taken(before, instance, position, end, clock.instant());
        if (Suspects.endedUncleanly(before, instance)) {
            LOG.warn(
                    "Process {} ended without releasing partition {} of {}; its {} events from offset {} on are tried a few at a"
                            + " time",
                    before.getInstance(),
                    partition,
                    Topics.IMAGE_EVENTS,
                    now.getCarefulTo() - position,
                    position);
        }
        log.write(partition, now);
        held.put(partition, now);
        trouble = null;
        return now;
    }

    private void goOnWithout(int partition, KafkaException e) {
        held.put(partition, Suspects.NONE);
        String why = String.valueOf(KafkaProblem.reason(e).getMessage());
        trouble = "an event that ends the process would not be put aside: " + why + "; topic "
                + Topics.IMAGE_EVENTS_ATTEMPTS + " has to be there, to read and to write";
        if (line.isDue(why)) {
            LOG.warn("Going on without quarantine, {}", trouble);
        }
    }

    private int announce(
            int partition, EventAttempts mine, List<ConsumerRecord<byte[], byte[]>> polled, UnderWay underWay) {
        int deaths = Suspects.deaths(mine, polled.get(0));
        if (deaths >= Suspects.MOST_DEATHS) {
            return 1;
        }
        List<ConsumerRecord<byte[], byte[]>> readable = Suspects.firstOf(polled, underWay::isReadable);
        if (readable.isEmpty()) {
            return 0;
        }
        // Else an innocent one that is tried beside a suspect would be accused too.
        if (deaths > 0
                && ((!alone.compareAndSet(NOBODY, partition) && alone.get() != partition) || underWay.anything())) {
            return 0;
        }
        int announced = deaths > 0 ? 1 : Suspects.unsuspected(mine, readable);
        EventAttempts now = Suspects.announcing(mine, readable.subList(0, announced));
        log.write(partition, now);
        held.put(partition, now);
        return announced;
    }

    /** What becomes of an event that was admitted alone and must not be tried again; empty if it may be tried. */
    public Optional<Rejected> verdict(ConsumerRecord<byte[], byte[]> event) {
        EventAttempts mine = held.getOrDefault(event.partition(), Suspects.NONE);
        if (Suspects.deaths(mine, event) < Suspects.MOST_DEATHS) {
            return Optional.empty();
        }
        LOG.error(
                "Event {}-{}@{} is put aside as poison: {} processes ended while they tried it",
                event.topic(),
                event.partition(),
                event.offset(),
                Suspects.MOST_DEATHS);
        return Optional.of(new Rejected(
                Rejection.POISON,
                Suspects.MOST_DEATHS
                        + " classifiers ended while they tried this event, so it was not tried again; once their logs"
                        + " have told why and that is mended, replay it",
                InternalError.class,
                event.value()));
    }

    /** An event of a partition was tried, and the process lives. */
    public void done(int partition) {
        if (alone.get() == partition) {
            acquit(partition);
            free(partition);
        }
    }

    /** Before another suspect is tried: if that ends the process, this one may not be committed yet, and is not to blame. */
    private void acquit(int partition) {
        EventAttempts mine = held.getOrDefault(partition, Suspects.NONE);
        EventAttempts now = Suspects.acquitted(mine);
        try {
            log.write(partition, now);
            held.put(partition, now);
        } catch (KafkaException e) {
            LOG.debug("Not written that a suspect of partition {} is innocent", partition, e);
        }
    }

    private void free(int partition) {
        alone.compareAndSet(partition, NOBODY);
    }

    /** A partition goes elsewhere, or its stream begins anew. */
    public void release(int partition) {
        free(partition);
        EventAttempts mine = held.remove(partition);
        if (mine != null && mine.getEpoch() != 0 && !ending) {
            log.send(partition, EventAttempts.newBuilder(mine).setHeld(false).build());
        }
    }

    /** The process ends by itself, over one of the events perhaps: nothing is tried any more, and nothing released. */
    public void processEnds() {
        ending = true;
    }

    /** How many processes ended one soon after another without releasing a partition that is held here; 0 after a while. */
    public int uncleanEnds() {
        Instant recent = clock.instant().minus(Suspects.LOOP);
        return held.values().stream()
                .filter(attempts -> attempts.getLastUncleanEnd().isAfter(recent))
                .mapToInt(EventAttempts::getUncleanEnds)
                .max()
                .orElse(0);
    }

    /** What is worth knowing though it stops nothing, for the page of readiness. */
    public Optional<String> remark() {
        int ends = uncleanEnds();
        return Optional.ofNullable(trouble)
                .or(() -> ends < 2
                        ? Optional.empty()
                        : Optional.of(
                                ends + " classifiers ended uncleanly one soon after another; an event that is to blame"
                                        + " becomes a dead letter, poison"));
    }

    /** What was released is told, within two seconds. */
    @Override
    public void close() {
        log.close();
    }
}

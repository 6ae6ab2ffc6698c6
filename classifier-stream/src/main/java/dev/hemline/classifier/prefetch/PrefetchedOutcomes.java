package dev.hemline.classifier.prefetch;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.quarantine.Quarantine;
import dev.hemline.classifier.quarantine.Quarantine.UnderWay;
import dev.hemline.topic.EventNames;
import dev.hemline.topic.NotYetReadableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsException;

/** The outcomes of records that were polled and have not had their turn in the topology yet. Thread-safe. */
public final class PrefetchedOutcomes {
    /** Takes events on, in order; all, but for those that have to be shown again. */
    public interface Engine {
        /** For each event its outcome, or nothing if it was not taken on, and then nothing after it in its partition. */
        List<Optional<CompletableFuture<Outcome>>> submit(List<ConsumerRecord<byte[], byte[]>> events);

        /** Whether an event would be taken on, as far as that hangs on what it is read by. */
        default boolean canRead(ConsumerRecord<byte[], byte[]> event) {
            return true;
        }

        /** What an event is called, where it can be told; whoever has no name for any tells none. */
        default EventNames names(ConsumerRecord<byte[], byte[]> event) {
            return EventNames.NONE;
        }

        /** An event needs no outcome of this engine after all. */
        default void done(ConsumerRecord<byte[], byte[]> event) {}

        /** None of a partition's events is shown again before it comes back. */
        default void forget(int partition) {}
    }

    /** Far beyond any batch; an engine that gives nobody an outcome is broken, and the stream must not hang in silence. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A machine that stood still for a while has used up one of these. */
    private static final int LOOKS = 24;

    /** Before what was not seen in its poll, and cannot be read yet, is tried again. */
    private static final long NOT_YET_MILLIS = 50;

    private final String topic;
    private final Engine engine;
    private final ClassifierListener listener;
    private final Quarantine quarantine;
    private final Duration patience;
    private final Map<Integer, Map<Long, CompletableFuture<Outcome>>> byPartition = new ConcurrentHashMap<>();
    private final LongAdder misses = new LongAdder();
    private final LongAdder answered = new LongAdder();
    /** Threads that are about to hand events to the engine. */
    private final AtomicInteger admitting = new AtomicInteger();

    private final UnderWay underWay = new UnderWay() {
        @Override
        public boolean of(int partition) {
            return !byPartition.getOrDefault(partition, Map.of()).isEmpty();
        }

        @Override
        public boolean anything() {
            return admitting.get() > 1 || size() > 0;
        }

        @Override
        public boolean isReadable(ConsumerRecord<byte[], byte[]> event) {
            return engine.canRead(event);
        }
    };

    public PrefetchedOutcomes(String topic, Engine engine, ClassifierListener listener, Quarantine quarantine) {
        this(topic, engine, listener, quarantine, PATIENCE);
    }

    /** @param patience without any outcome, before the engine counts as broken */
    PrefetchedOutcomes(
            String topic, Engine engine, ClassifierListener listener, Quarantine quarantine, Duration patience) {
        this.patience = patience;
        this.topic = topic;
        this.engine = engine;
        this.listener = listener;
        this.quarantine = quarantine;
    }

    /**
     * Hands a poll to the engine, as far as that takes it on, but for what is poison.
     *
     * @param end of a partition, the offset after the last event that is there
     * @return where each partition has to be polled from again, of which something is left
     */
    Map<TopicPartition, Long> polled(ConsumerRecords<byte[], byte[]> records, ToLongFunction<TopicPartition> end) {
        // Counted before the quarantine is asked, so that one that has an event tried alone knows of this thread.
        admitting.incrementAndGet();
        try {
            return handOver(records, end);
        } finally {
            admitting.decrementAndGet();
        }
    }

    private Map<TopicPartition, Long> handOver(
            ConsumerRecords<byte[], byte[]> records, ToLongFunction<TopicPartition> end) {
        Map<TopicPartition, Long> left = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> ours = inTurn(admitted(records, end, left));
        if (ours.isEmpty()) {
            return left;
        }
        List<Optional<CompletableFuture<Outcome>>> outcomes = submit(ours);
        for (int i = 0; i < outcomes.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = ours.get(i);
            outcomes.get(i)
                    .ifPresentOrElse(
                            outcome -> keep(record, outcome),
                            () -> left.merge(
                                    new TopicPartition(topic, record.partition()), record.offset(), Math::min));
        }
        return left;
    }

    private void keep(ConsumerRecord<byte[], byte[]> record, CompletableFuture<Outcome> outcome) {
        byPartition
                .computeIfAbsent(record.partition(), partition -> new ConcurrentHashMap<>())
                .put(record.offset(), outcome);
    }

    /** What of each partition may be tried now; the others are left, and what is poison has its outcome already. */
    private List<List<ConsumerRecord<byte[], byte[]>>> admitted(
            ConsumerRecords<byte[], byte[]> records,
            ToLongFunction<TopicPartition> end,
            Map<TopicPartition, Long> left) {
        List<List<ConsumerRecord<byte[], byte[]>>> admitted = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            if (partition.topic().equals(topic)) {
                List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
                int now = quarantine.admit(polled, () -> end.applyAsLong(partition), underWay);
                if (now < polled.size()) {
                    left.put(partition, polled.get(now).offset());
                }
                Optional<Rejected> poison = now == 1 ? quarantine.verdict(polled.get(0)) : Optional.empty();
                if (poison.isPresent()) {
                    keep(polled.get(0), CompletableFuture.completedFuture(poison.get()));
                } else if (now > 0) {
                    admitted.add(polled.subList(0, now));
                }
            }
        }
        return admitted;
    }

    /** One of each partition, then the next of each: where room is scarce, none has all of it. */
    private static List<ConsumerRecord<byte[], byte[]>> inTurn(List<List<ConsumerRecord<byte[], byte[]>>> records) {
        List<Iterator<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
        records.forEach(partition -> partitions.add(partition.iterator()));
        List<ConsumerRecord<byte[], byte[]>> inTurn = new ArrayList<>();
        while (!partitions.isEmpty()) {
            partitions.removeIf(partition -> !partition.hasNext());
            partitions.forEach(partition -> inTurn.add(partition.next()));
        }
        return inTurn;
    }

    private List<Optional<CompletableFuture<Outcome>>> submit(List<ConsumerRecord<byte[], byte[]>> events) {
        List<Optional<CompletableFuture<Outcome>>> outcomes = engine.submit(events);
        List<CompletableFuture<Outcome>> taken =
                outcomes.stream().flatMap(Optional::stream).toList();
        listener.polled(taken.size());
        for (CompletableFuture<Outcome> outcome : taken) {
            var unused = outcome.whenComplete((done, failure) -> answered.increment());
        }
        return outcomes;
    }

    /** What an event is called, where it can be told. */
    public EventNames names(ConsumerRecord<byte[], byte[]> event) {
        return engine.names(event);
    }

    /**
     * The outcome of the record whose turn it is; waits for it. A record that was not seen in its poll is classified
     * now, alone: slower, still right.
     *
     * @throws EngineFailedException if the engine itself failed; nothing is consumed then
     */
    public Outcome take(ConsumerRecord<byte[], byte[]> record) {
        int partition = record.partition();
        long offset = record.offset();
        Map<Long, CompletableFuture<Outcome>> seen = byPartition.get(partition);
        CompletableFuture<Outcome> outcome = seen == null ? null : seen.get(offset);
        try {
            return await(outcome == null ? alone(record) : outcome);
        } catch (ExecutionException e) {
            throw new EngineFailedException("Classifying " + place(partition, offset) + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new EngineFailedException(
                    "Nothing was classified for " + patience + " while " + place(partition, offset) + " waited", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamsException("Interrupted while classifying " + place(partition, offset), e);
        }
    }

    /**
     * @throws NotYetReadableException if it cannot be read for long: its thread begins anew then, and waits where it polls.
     *     Here it would keep what its other partitions have fetched, which may be all the room that there is
     */
    private CompletableFuture<Outcome> alone(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        misses.increment();
        long end = System.nanoTime() + patience.toNanos() / LOOKS;
        Optional<CompletableFuture<Outcome>> outcome = submit(List.of(record)).get(0);
        while (outcome.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new NotYetReadableException(
                        place(record.partition(), record.offset()) + " waits for what it refers to");
            }
            TimeUnit.MILLISECONDS.sleep(NOT_YET_MILLIS);
            outcome = submit(List.of(record)).get(0);
        }
        return outcome.get();
    }

    /** The record has had its turn, with all that comes of it. */
    public void done(int partition, long offset) {
        Map<Long, CompletableFuture<Outcome>> seen = byPartition.get(partition);
        if (seen != null) {
            seen.remove(offset);
        }
        quarantine.done(partition);
    }

    private Outcome await(CompletableFuture<Outcome> outcome)
            throws ExecutionException, InterruptedException, TimeoutException {
        long before = answered.sum();
        for (int quiet = 0; ; ) {
            try {
                return outcome.get(patience.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = answered.sum();
                quiet = now == before ? quiet + 1 : 0;
                before = now;
                if (quiet == LOOKS) {
                    throw e;
                }
            }
        }
    }

    private String place(int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** Drops what is left of a partition that goes elsewhere; the engine need not classify it first. */
    public void forget(int partition) {
        Map<Long, CompletableFuture<Outcome>> left = byPartition.remove(partition);
        if (left != null) {
            left.values().forEach(outcome -> outcome.cancel(false));
        }
        engine.forget(partition);
        quarantine.release(partition);
    }

    /** Records that had to be classified alone. */
    public long misses() {
        return misses.sum();
    }

    /** Outcomes that wait for their record's turn. */
    public int size() {
        return byPartition.values().stream().mapToInt(Map::size).sum();
    }
}

package dev.hemline.classifier.prefetch;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/** The outcomes of records that were polled and have not had their turn in the topology yet. Thread-safe. */
public final class PrefetchedOutcomes {
    /** Far beyond any batch; an engine that gives nobody an outcome is broken, and the stream must not hang in silence. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A machine that stood still for a while has used up one of these. */
    private static final int LOOKS = 24;

    private final String topic;
    private final Function<List<byte[]>, List<CompletableFuture<Outcome>>> engine;
    private final ClassifierListener listener;
    private final Duration patience;
    private final Map<Integer, Map<Long, CompletableFuture<Outcome>>> byPartition = new ConcurrentHashMap<>();
    private final LongAdder misses = new LongAdder();
    private final LongAdder answered = new LongAdder();

    /** @param engine takes events on in order, at least the first, and returns a future for each that it took on */
    public PrefetchedOutcomes(
            String topic,
            Function<List<byte[]>, List<CompletableFuture<Outcome>>> engine,
            ClassifierListener listener) {
        this(topic, engine, listener, PATIENCE);
    }

    /** @param patience without any outcome, before the engine counts as broken */
    PrefetchedOutcomes(
            String topic,
            Function<List<byte[]>, List<CompletableFuture<Outcome>>> engine,
            ClassifierListener listener,
            Duration patience) {
        this.patience = patience;
        this.topic = topic;
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * Hands a poll to the engine, as far as that takes it on.
     *
     * @return where each partition has to be polled from again, of which something is left
     */
    Map<TopicPartition, Long> polled(ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> ours = inTurn(records);
        if (ours.isEmpty()) {
            return Map.of();
        }
        List<byte[]> events = new ArrayList<>(ours.size());
        ours.forEach(record -> events.add(record.value()));
        List<CompletableFuture<Outcome>> outcomes = submit(events);
        for (int i = 0; i < outcomes.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = ours.get(i);
            byPartition
                    .computeIfAbsent(record.partition(), partition -> new ConcurrentHashMap<>())
                    .put(record.offset(), outcomes.get(i));
        }
        Map<TopicPartition, Long> left = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : ours.subList(outcomes.size(), ours.size())) {
            left.putIfAbsent(new TopicPartition(topic, record.partition()), record.offset());
        }
        return left;
    }

    /** One of each partition, then the next of each: where room is scarce, none has all of it. */
    private List<ConsumerRecord<byte[], byte[]>> inTurn(ConsumerRecords<byte[], byte[]> records) {
        List<Iterator<ConsumerRecord<byte[], byte[]>>> partitions = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            if (partition.topic().equals(topic)) {
                partitions.add(records.records(partition).iterator());
            }
        }
        List<ConsumerRecord<byte[], byte[]>> inTurn = new ArrayList<>(records.count());
        while (!partitions.isEmpty()) {
            partitions.removeIf(partition -> !partition.hasNext());
            partitions.forEach(partition -> inTurn.add(partition.next()));
        }
        return inTurn;
    }

    private List<CompletableFuture<Outcome>> submit(List<byte[]> events) {
        List<CompletableFuture<Outcome>> outcomes = engine.apply(events);
        listener.polled(outcomes.size());
        for (CompletableFuture<Outcome> outcome : outcomes) {
            var unused = outcome.whenComplete((done, failure) -> answered.increment());
        }
        return outcomes;
    }

    /**
     * The outcome of the record whose turn it is; waits for it. A record that was not seen in its poll is classified
     * now, alone: slower, still right.
     *
     * @throws StreamsException if the engine itself failed; nothing is consumed then
     */
    public Outcome take(int partition, long offset, byte @Nullable [] event) {
        Map<Long, CompletableFuture<Outcome>> seen = byPartition.get(partition);
        CompletableFuture<Outcome> outcome = seen == null ? null : seen.remove(offset);
        if (outcome == null) {
            misses.increment();
            outcome = submit(Collections.singletonList(event)).get(0);
        }
        try {
            return await(outcome);
        } catch (ExecutionException e) {
            throw new StreamsException("Classifying " + place(partition, offset) + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new StreamsException(
                    "Nothing was classified for " + patience + " while " + place(partition, offset) + " waited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamsException("Interrupted while classifying " + place(partition, offset), e);
        }
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

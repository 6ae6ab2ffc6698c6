package dev.hemline.classifier.prefetch;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/** The outcomes of records that were polled and have not had their turn in the topology yet. Thread-safe. */
public final class PrefetchedOutcomes {
    /** Far beyond any batch; an engine that takes longer is broken, and the stream must not hang in silence. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String topic;
    private final Function<List<byte[]>, List<CompletableFuture<Outcome>>> engine;
    private final ClassifierListener listener;
    private final Map<Integer, Map<Long, CompletableFuture<Outcome>>> byPartition = new ConcurrentHashMap<>();
    private final LongAdder misses = new LongAdder();

    /** @param engine takes events on in order and returns a future for each */
    public PrefetchedOutcomes(
            String topic,
            Function<List<byte[]>, List<CompletableFuture<Outcome>>> engine,
            ClassifierListener listener) {
        this.topic = topic;
        this.engine = engine;
        this.listener = listener;
    }

    /** Hands a whole poll to the engine. */
    void polled(ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> ours = new ArrayList<>();
        records.records(topic).forEach(ours::add);
        if (ours.isEmpty()) {
            return;
        }
        List<byte[]> events = new ArrayList<>(ours.size());
        ours.forEach(record -> events.add(record.value()));
        List<CompletableFuture<Outcome>> outcomes = submit(events);
        for (int i = 0; i < ours.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = ours.get(i);
            byPartition
                    .computeIfAbsent(record.partition(), partition -> new ConcurrentHashMap<>())
                    .put(record.offset(), outcomes.get(i));
        }
    }

    private List<CompletableFuture<Outcome>> submit(List<byte[]> events) {
        listener.polled(events.size());
        return engine.apply(events);
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
            return outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StreamsException("Classifying " + place(partition, offset) + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new StreamsException("Classifying " + place(partition, offset) + " took longer than " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StreamsException("Interrupted while classifying " + place(partition, offset), e);
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

package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.batch.DriftBatches;
import dev.hemline.quality.drift.ReferenceWatch.Change;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Watches the batches of one partition, each version and source by itself, and tells what has changed. */
final class DriftProcessor extends ContextualProcessor<byte[], byte[], String, Drift> {
    /** Ten versions of fifty sources; then what has had no result for the longest time goes. */
    private static final int MOST_WATCHES = 500;

    private final EventSerde<DriftBatch> batches;
    private final References references;
    private final double falseAlarms;
    private final DriftListener listener;
    private final Map<SourceRow, DriftWatch> watches = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable KeyValueStore<String, DriftWatchState> store;

    DriftProcessor(EventSerde<DriftBatch> batches, References references, double falseAlarms, DriftListener listener) {
        this.batches = batches;
        this.references = references;
        this.falseAlarms = falseAlarms;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<String, Drift> context) {
        super.init(context);
        // After a commit that failed the same processor begins again, with stores as they were committed.
        watches.clear();
        KeyValueStore<String, DriftWatchState> kept = context.getStateStore(DriftTopology.WATCHES);
        store = kept;
        try (KeyValueIterator<String, DriftWatchState> all = kept.all()) {
            while (all.hasNext()) {
                KeyValue<String, DriftWatchState> one = all.next();
                DriftWatchStates.key(one.value).ifPresent(key -> takeUp(key, one.value));
            }
        }
        tellWhatStands();
    }

    /** Anybody may have written to a changelog who may write there. */
    private void takeUp(SourceRow key, DriftWatchState state) {
        try {
            watches.put(
                    key, DriftWatchStates.read(state, references.of(key.version(), state.getClasses()), falseAlarms));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            listener.passedOver(DriftTopology.WATCHES, "what is kept of " + key + " contradicts itself");
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            add(batches.decode(record.value()), record.timestamp());
        } catch (UndecodableEventException | IllegalArgumentException e) {
            listener.passedOver(Topics.DRIFT_BATCHES.name(), String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            listener.failed("watch", e);
        }
    }

    private void add(DriftBatch written, long now) {
        Batch batch = DriftBatches.read(written);
        var version = new ModelKey.Manifest(written.getModelName(), written.getModelVersion());
        var key = new SourceRow(version, written.getSource());
        DriftWatch watch = watches.get(key);
        if (watch == null || watch.groups() != batch.sums().groups()) {
            watch = new DriftWatch(batch.sums().groups(), falseAlarms);
            watches.put(key, watch);
            makeRoom();
        }
        List<Change> changes = watch.add(batch, references.of(version, written.getClasses()));
        Objects.requireNonNull(store).put(key.toString(), DriftWatchStates.of(key, written.getClasses(), watch));
        for (Change change : changes) {
            Drift drift = Drifts.of(key, change, Instant.ofEpochMilli(now));
            listener.told(drift);
            context().forward(new Record<>(key.toString(), drift, now));
        }
        if (!changes.isEmpty()) {
            tellWhatStands();
        }
    }

    private void makeRoom() {
        if (watches.size() > MOST_WATCHES) {
            SourceRow eldest = watches.keySet().iterator().next();
            watches.remove(eldest);
            Objects.requireNonNull(store).delete(eldest.toString());
        }
    }

    private void tellWhatStands() {
        List<Drift> standing = new ArrayList<>();
        watches.forEach((key, watch) -> watch.standing()
                .forEach(change -> standing.add(
                        Drifts.of(key, change, Instant.ofEpochMilli(context().currentSystemTimeMs())))));
        listener.standing(context().taskId().partition(), standing);
    }

    /** The partition may go to another instance. */
    @Override
    public void close() {
        listener.left(context().taskId().partition());
    }
}

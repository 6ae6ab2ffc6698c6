package dev.hemline.quality.drift;

import dev.hemline.event.Classification;
import dev.hemline.event.DriftBatch;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds results of one partition up, by version and source, until there are as many as a window is apart, or for a second. What is
 * not told yet is kept in a store: a crash loses no result and counts none twice.
 */
final class ResultBatcher extends ContextualProcessor<byte[], byte[], String, DriftBatch> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String SKETCH = "sketch";

    private final EventSerde<Classification> results;
    private final Map<DriftKey, PendingBatch> pending = new HashMap<>();
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable KeyValueStore<String, byte[]> sketches;
    private BusiestSources sources = new BusiestSources();
    private boolean counted;

    ResultBatcher(EventSerde<Classification> results) {
        this.results = results;
    }

    @Override
    public void init(ProcessorContext<String, DriftBatch> context) {
        super.init(context);
        store = context.getStateStore(DriftStores.PENDING);
        sketches = context.getStateStore(DriftStores.SOURCES);
        sources = BusiestSources.of(sketches.get(SKETCH));
        takeUp(store);
        context.schedule(PATIENCE, PunctuationType.WALL_CLOCK_TIME, this::tellAll);
    }

    private void takeUp(KeyValueStore<String, byte[]> kept) {
        try (KeyValueIterator<String, byte[]> all = kept.all()) {
            while (all.hasNext()) {
                PendingBatch.of(all.next().value).ifPresent(batch -> pending.put(batch.key(), batch));
            }
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Classification result;
        try {
            result = results.decode(record.value());
        } catch (UndecodableEventException e) {
            // Scoring counts what is no result.
            return;
        }
        if (EventChecks.fault(result).isEmpty() && areProbabilities(result.getProbabilities())) {
            add(result, record.timestamp());
        }
    }

    private static boolean areProbabilities(List<Float> probabilities) {
        for (float probability : probabilities) {
            if (!(probability >= 0 && probability <= 1 + 1e-3)) {
                return false;
            }
        }
        return true;
    }

    private void add(Classification result, long now) {
        int classes = result.getProbabilities().size();
        counted = true;
        var key = new DriftKey(
                new ModelKey.Manifest(result.getModelName(), result.getModelVersion()),
                sources.name(result.getSource()));
        PendingBatch known = pending.get(key);
        if (known != null && known.classes() != classes) {
            tell(known, now);
            known = null;
        }
        if (known == null) {
            known = PendingBatch.of(
                    key,
                    classes,
                    new Batch(
                            result.getId(),
                            result.getClassifiedAt().toEpochMilli(),
                            Sums.none(LogProbabilities.groups(classes))));
            pending.put(key, known);
        }
        Sums sums = known.batch().sums();
        sums.add(LogProbabilities.group(result.getLabel(), classes), LogProbabilities.of(result.getProbabilities()));
        if (sums.count() >= Detector.SPACING) {
            tell(known, now);
        } else {
            Objects.requireNonNull(store).put(known.name(), known.toBytes());
        }
    }

    private void tellAll(long now) {
        List.copyOf(pending.values()).forEach(batch -> tell(batch, now));
        if (counted) {
            Objects.requireNonNull(sketches).put(SKETCH, sources.toBytes());
            counted = false;
        }
    }

    private void tell(PendingBatch batch, long now) {
        pending.remove(batch.key());
        Objects.requireNonNull(store).delete(batch.name());
        context().forward(new Record<>(batch.name(), batch.written(), now));
    }
}

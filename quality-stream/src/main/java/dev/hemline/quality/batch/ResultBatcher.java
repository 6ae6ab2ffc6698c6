package dev.hemline.quality.batch;

import static java.util.stream.Collectors.toCollection;

import dev.hemline.event.Classification;
import dev.hemline.event.DriftBatch;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Adds results of one partition up, by version and source, until there are as many as a window is apart, or for a second. What is
 * not told yet is kept in a store: a crash loses no result and counts none twice.
 */
public final class ResultBatcher extends ContextualProcessor<String, Classification, String, DriftBatch> {
    /** {@link PendingBatch} of each version and source. */
    static final String PENDING = "pending-batches";
    /** Which sources are the busiest. */
    static final String SOURCES = "batched-sources";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** To look at a batch costs as much whether it is large or small; nobody can wait for less than this. */
    private static final long BETWEEN_BATCHES_MS = 100;

    private static final int MOST_RESULTS = 1_000;
    private static final String SKETCH = "sketch";
    /** Its state, on a changelog topic each. */
    public static final List<String> STORES = List.of(PENDING, SOURCES);

    private final Consumer<RuntimeException> failed;
    private final Map<SourceRow, PendingBatch> pending = new HashMap<>();
    private @Nullable KeyValueStore<String, byte[]> store;
    private @Nullable KeyValueStore<String, byte[]> sketches;
    private BusiestSources sources = new BusiestSources();
    private boolean counted;
    private @Nullable SourceRow last;

    private ResultBatcher(Consumer<RuntimeException> failed) {
        this.failed = failed;
    }

    /**
     * Its step of a topology, with state in memory, since it is bounded, and on changelog topics, which caches keep short.
     *
     * @param failed hears of what threw that should not, an error of ours; the result is passed over
     */
    public static ProcessorSupplier<String, Classification, String, DriftBatch> supplier(
            Consumer<RuntimeException> failed) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Classification, String, DriftBatch> get() {
                return new ResultBatcher(failed);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // In an order that stays: a topology lists them as they come.
                return STORES.stream().map(ResultBatcher::store).collect(toCollection(LinkedHashSet::new));
            }
        };
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    @Override
    public void init(ProcessorContext<String, DriftBatch> context) {
        super.init(context);
        // After a commit that failed the same processor begins again, with stores as they were committed.
        pending.clear();
        counted = false;
        store = context.getStateStore(PENDING);
        sketches = context.getStateStore(SOURCES);
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
    public void process(Record<String, Classification> record) {
        try {
            if (areProbabilities(record.value().getProbabilities())) {
                add(record.value(), context().currentSystemTimeMs());
            }
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            failed.accept(e);
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
        SourceRow key = row(result, sources.name(result.getSource()));
        PendingBatch known = pending.get(key);
        if (known != null && known.classes() != classes) {
            tell(known, now);
            known = null;
        }
        if (known == null) {
            known = PendingBatch.of(
                    key,
                    classes,
                    now,
                    new Batch(
                            result.getId(),
                            result.getClassifiedAt().toEpochMilli(),
                            Sums.none(LogProbabilities.groups(classes))));
            pending.put(key, known);
        }
        Sums sums = known.batch().sums();
        sums.add(LogProbabilities.group(result.getLabel(), classes), LogProbabilities.of(result.getProbabilities()));
        int count = sums.count();
        if (count >= MOST_RESULTS || (count >= Batch.RESULTS && now - known.since() >= BETWEEN_BATCHES_MS)) {
            tell(known, now);
        } else {
            Objects.requireNonNull(store).put(known.name(), known.toBytes());
        }
    }

    /** Made anew only where it is another one than before: names are checked letter by letter. */
    private SourceRow row(Classification result, String source) {
        SourceRow known = last;
        if (known == null
                || known.version().version() != result.getModelVersion()
                || !known.version().name().equals(result.getModelName())
                || !known.source().equals(source)) {
            known = new SourceRow(new ModelKey.Manifest(result.getModelName(), result.getModelVersion()), source);
            last = known;
        }
        return known;
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

package dev.hemline.classifier.topology;

import dev.hemline.classifier.lifecycle.ChunkPlace;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.LogThrottle;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest value of every key of topic {@code models}, but of a chunk only where it stands; also runs while the
 * store is restored. A manifest that a trusted key signed gives way to another such one and to a tombstone only; an
 * alias that steers to a later one that is signed.
 */
final class ModelStoreProcessor extends ContextualProcessor<String, byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStoreProcessor.class);
    /** Each takes some seconds where brokers do not answer. */
    private static final int MOST_TRIES = 20;

    private static final long PAUSE_MILLIS = 1_000;

    private final Optional<TrustedKeys> trusted;
    private final WriterSchemas writers;
    private final ClassifierListener listener;
    private final Runnable changed;
    private final LogThrottle line = new LogThrottle();

    /**
     * @param trusted keys that sign manifests and aliases; empty where any will do
     * @param writers schemas of other releases
     * @param listener hears of aliases that are refused
     */
    ModelStoreProcessor(
            Optional<TrustedKeys> trusted, WriterSchemas writers, ClassifierListener listener, Runnable changed) {
        this.trusted = trusted;
        this.writers = writers;
        this.listener = listener;
        this.changed = changed;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        KeyValueStore<String, byte[]> store = context().getStateStore(ClassifierTopology.MODELS_STORE);
        byte @Nullable [] before = store.get(record.key());
        Optional<String> objection = trusted.flatMap(keys -> patiently(() -> objection(keys, record, before)));
        if (objection.isEmpty()) {
            boolean isChunk = record.value() != null && ChunkPlace.isChunk(record.key());
            store.put(record.key(), isChunk ? place(store, record.key(), before) : record.value());
            changed.run();
            return;
        }
        if (ModelKey.steers(record.key())) {
            listener.pinRefused();
        }
        if (line.isDue(record.key())) {
            LOG.warn("Ignoring {} on topic models: {}", record.key(), objection.get());
        }
    }

    private Optional<String> objection(TrustedKeys trusted, Record<String, byte[]> record, byte @Nullable [] before) {
        if (ModelKey.steers(record.key())) {
            return ModelCatalog.objectionToSteering(
                    trusted, record.key(), record.value(), record.headers(), before, writers);
        }
        boolean isForged = record.value() != null
                && before != null
                && !isSigned(trusted, record.key(), record.value())
                && isSigned(trusted, record.key(), before);
        return isForged ? Optional.of("no trusted key signed it as it did the one before") : Optional.empty();
    }

    /** What nobody could say of a record must neither pass nor be refused; the thread that fills global stores may wait. */
    private static <T> T patiently(Supplier<T> answer) {
        for (int tries = 1; ; tries++) {
            try {
                return answer.get();
            } catch (NotYetReadableException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                Utils.sleep(PAUSE_MILLIS);
            }
        }
    }

    private boolean isSigned(TrustedKeys trusted, String key, byte[] value) {
        try {
            return ModelKey.parse(key) instanceof ModelKey.Manifest manifest
                    && trusted.signed(ModelCatalog.manifest(manifest, value, writers));
        } catch (UndecodableEventException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Nobody signs a chunk, but those that a manifest speaks of stand before it: what comes later may be a stranger's. */
    private byte[] place(KeyValueStore<String, byte[]> store, String chunk, byte @Nullable [] before) {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        var place = new ChunkPlace(metadata.partition(), metadata.offset());
        String manifest = chunk.substring(0, chunk.lastIndexOf('/'));
        byte @Nullable [] published = store.get(manifest);
        boolean counts = published != null
                && trusted.map(keys -> patiently(() -> isSigned(keys, manifest, published)))
                        .orElse(true);
        return counts && before != null ? place.after(before) : place.toBytes();
    }
}

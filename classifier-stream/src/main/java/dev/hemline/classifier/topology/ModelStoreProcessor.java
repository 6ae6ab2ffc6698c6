package dev.hemline.classifier.topology;

import dev.hemline.classifier.lifecycle.ChunkPlace;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest value of every key of topic {@code models}, but of a chunk only where it stands; also runs while the
 * store is restored.
 */
final class ModelStoreProcessor extends ContextualProcessor<String, byte[], Void, Void> {
    private final Runnable changed;

    ModelStoreProcessor(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() != null) {
            KeyValueStore<String, byte[]> store = context().getStateStore(ClassifierTopology.MODELS_STORE);
            boolean isChunk = record.value() != null && ChunkPlace.isChunk(record.key());
            store.put(record.key(), isChunk ? place() : record.value());
            changed.run();
        }
    }

    private byte[] place() {
        RecordMetadata metadata = context().recordMetadata().orElseThrow();
        return new ChunkPlace(metadata.partition(), metadata.offset()).toBytes();
    }
}

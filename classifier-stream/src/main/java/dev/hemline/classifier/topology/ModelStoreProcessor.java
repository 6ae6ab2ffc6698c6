package dev.hemline.classifier.topology;

import dev.hemline.classifier.lifecycle.ChunkPlace;
import dev.hemline.topic.ModelKey;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest value of every key of topic {@code models}, but of a chunk only where it stands; also runs while the
 * store is restored.
 */
final class ModelStoreProcessor implements Processor<String, byte[], Void, Void> {
    private final Runnable changed;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    ModelStoreProcessor(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        store = context.getStateStore(ClassifierTopology.MODELS_STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (store != null && record.key() != null) {
            store.put(record.key(), isChunk(record) ? place() : record.value());
            changed.run();
        }
    }

    private static boolean isChunk(Record<String, byte[]> record) {
        try {
            return record.value() != null && ModelKey.parse(record.key()) instanceof ModelKey.Chunk;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] place() {
        RecordMetadata metadata =
                Objects.requireNonNull(context).recordMetadata().orElseThrow();
        return new ChunkPlace(metadata.partition(), metadata.offset()).toBytes();
    }
}

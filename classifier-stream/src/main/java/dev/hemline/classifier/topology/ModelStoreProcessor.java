package dev.hemline.classifier.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the newest value of every key of topic {@code models}; also runs while the store is restored. */
final class ModelStoreProcessor implements Processor<String, byte[], Void, Void> {
    private final Runnable changed;
    private @Nullable KeyValueStore<String, byte[]> store;

    ModelStoreProcessor(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(ClassifierTopology.MODELS_STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (store != null && record.key() != null) {
            store.put(record.key(), record.value());
            changed.run();
        }
    }
}

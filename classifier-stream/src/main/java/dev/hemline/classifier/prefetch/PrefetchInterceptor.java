package dev.hemline.classifier.prefetch;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Shows the main consumer's polls to the {@link PrefetchedOutcomes} that stands in its settings, and changes nothing. */
public final class PrefetchInterceptor implements ConsumerInterceptor<byte[], byte[]> {
    /** The setting that holds the live {@link PrefetchedOutcomes}; an object, so it only works inside one JVM. */
    public static final String PREFETCHED_CONFIG = "hemline.prefetched.outcomes";

    private @Nullable PrefetchedOutcomes prefetched;

    @Override
    public void configure(Map<String, ?> settings) {
        prefetched = (PrefetchedOutcomes) settings.get(PREFETCHED_CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (prefetched != null) {
            prefetched.polled(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}

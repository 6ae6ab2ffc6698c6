package dev.hemline.classifier.lookahead;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Shows the main consumer's polls to the {@link LookAhead} that stands in its settings, and changes nothing. */
public final class LookAheadInterceptor implements ConsumerInterceptor<byte[], byte[]> {
    /** The setting that holds the live {@link LookAhead}; an object, so it only works inside one JVM. */
    public static final String LOOK_AHEAD_CONFIG = "hemline.look.ahead";

    private @Nullable LookAhead lookAhead;

    @Override
    public void configure(Map<String, ?> settings) {
        lookAhead = (LookAhead) settings.get(LOOK_AHEAD_CONFIG);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (lookAhead != null) {
            lookAhead.polled(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}

package dev.hemline.topic;

import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;

/** Readers that read what a test says. */
public final class MockReaders {
    private MockReaders() {}

    public static TopicReader of(MockConsumer<byte[], byte[]> consumer) {
        return new TopicReader(Map.of(), consumer);
    }
}

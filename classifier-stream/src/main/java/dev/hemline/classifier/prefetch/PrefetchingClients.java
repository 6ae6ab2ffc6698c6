package dev.hemline.classifier.prefetch;

import dev.hemline.service.streams.BoundedClients;
import dev.hemline.service.trace.Tracing;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients for Kafka Streams, of which the consumer of events shows them before their turn. */
public final class PrefetchingClients extends BoundedClients {
    private final PrefetchedOutcomes prefetched;
    private final BooleanSupplier room;
    private final int eventBytes;
    private final Tracing tracing;

    /**
     * @param prefetched sees what is polled
     * @param room whether anything is to be polled
     * @param eventBytes that an event may have
     * @param tracing hears of commits
     */
    public PrefetchingClients(PrefetchedOutcomes prefetched, BooleanSupplier room, int eventBytes, Tracing tracing) {
        this.prefetched = prefetched;
        this.room = room;
        this.eventBytes = eventBytes;
        this.tracing = tracing;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PrefetchingConsumer(config, eventBytes, prefetched, room, tracing);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public void commitTransaction() {
                super.commitTransaction();
                tracing.committed();
            }

            @Override
            public void abortTransaction() {
                try {
                    super.abortTransaction();
                } finally {
                    tracing.aborted();
                }
            }
        };
    }
}

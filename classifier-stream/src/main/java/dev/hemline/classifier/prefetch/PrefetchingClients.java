package dev.hemline.classifier.prefetch;

import dev.hemline.service.streams.BoundedClients;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;

/** Clients for Kafka Streams, of which the consumer of events shows them before their turn. */
public final class PrefetchingClients extends BoundedClients {
    private final PrefetchedOutcomes prefetched;
    private final BooleanSupplier room;
    private final int eventBytes;

    /**
     * @param prefetched sees what is polled
     * @param room whether anything is to be polled
     * @param eventBytes that an event may have
     */
    public PrefetchingClients(PrefetchedOutcomes prefetched, BooleanSupplier room, int eventBytes) {
        this.prefetched = prefetched;
        this.room = room;
        this.eventBytes = eventBytes;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PrefetchingConsumer(config, eventBytes, prefetched, room);
    }
}

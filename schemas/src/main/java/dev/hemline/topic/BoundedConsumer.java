package dev.hemline.topic;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A consumer that unpacks no more than it may. Brokers bound a record as it is sent, packed, and Kafka unpacks it whole, with
 * objects for each header, before anybody is asked: a megabyte may be more than any heap. Here a {@link RecordBound} decides
 * first: what would be a record of more than it may becomes a {@link TooLargeRecord}, and a poll ends early that has cost
 * enough; the rest is fetched again.
 *
 * <p>Kafka has no place for that. What it calls when a response has come lies in private fields; with a release of Kafka that
 * moves them, none of these can be made.
 */
public class BoundedConsumer<K, V> extends KafkaConsumer<K, V> {
    /** Twice the largest picture that is taken by default; unpacked and decoded there are some copies of it. */
    public static final int DEFAULT_BYTES = 32 << 20;

    /** So many polls of large records are as large as the heap; a process has some five consumers. */
    private static final int HEAPS_POLLS = 16;

    private final RecordBound bound;

    /** One whose records unpack to at most {@link #DEFAULT_BYTES}. */
    public BoundedConsumer(Map<String, Object> config, Deserializer<K> keys, Deserializer<V> values) {
        this(config, keys, values, DEFAULT_BYTES);
    }

    /** @param recordBytes that a record may unpack to */
    public BoundedConsumer(Map<String, Object> config, Deserializer<K> keys, Deserializer<V> values, int recordBytes) {
        super(config, keys, values);
        Object polled = config.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        int records = polled == null ? ConsumerConfig.DEFAULT_MAX_POLL_RECORDS : Integer.parseInt(polled.toString());
        bound = new RecordBound(recordBytes, Runtime.getRuntime().maxMemory() / HEAPS_POLLS, records);
        try {
            Object delegate = field(KafkaConsumer.class, "delegate").get(this);
            Object network = field(delegate.getClass(), "client").get(delegate);
            Field client = field(network.getClass(), "client");
            client.set(network, bounded((KafkaClient) client.get(network)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            super.close();
            throw new IllegalStateException(
                    "Records cannot be bounded with this release of Kafka's clients, whose inside is another", e);
        }
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        bound.nextPoll();
        return super.poll(timeout);
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private KafkaClient bounded(KafkaClient client) {
        return RecordBound.with(KafkaClient.class, client, "send", arguments -> {
            client.send(bounded((ClientRequest) arguments[0]), (long) arguments[1]);
            return null;
        });
    }

    /** The same request, of whose response we hear before the consumer does. */
    private ClientRequest bounded(ClientRequest request) {
        if (request.apiKey() != ApiKeys.FETCH) {
            return request;
        }
        return new ClientRequest(
                request.destination(),
                request.requestBuilder(),
                request.correlationId(),
                request.makeHeader(ApiKeys.FETCH.latestVersion()).clientId(),
                request.createdTimeMs(),
                request.expectResponse(),
                request.requestTimeoutMs(),
                response -> {
                    if (response.responseBody() instanceof FetchResponse fetched) {
                        bound(fetched);
                    }
                    request.callback().onComplete(response);
                });
    }

    private void bound(FetchResponse fetched) {
        fetched.data().responses().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.records() instanceof MemoryRecords)
                .forEach(partition -> partition.setRecords(bound.of((MemoryRecords) partition.records())));
    }
}

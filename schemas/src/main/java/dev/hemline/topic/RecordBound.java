package dev.hemline.topic;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a consumer unpacks. Brokers bound a record as it is sent, packed, and a consumer unpacks it whole before anybody
 * is asked: a megabyte may be more than any heap. So fetches are looked through before the consumer has them: what would be
 * a record of more than it may becomes a {@link TooLargeRecord}, and of a fetch that unpacks to too many large ones only the
 * beginning is passed on; the rest is fetched again.
 *
 * <p>Kafka has no place for that. What it calls when a response has come lies in private fields; a release of Kafka that
 * moves them makes {@link #of} throw.
 *
 * @param recordBytes that a record may unpack to
 * @param lightBytes a record of so many, its headers as objects included, is small: all of a poll make {@link #HEAVY_BYTES}
 */
public record RecordBound(int recordBytes, long lightBytes) {
    /** Twice the largest picture that is taken by default; unpacked and decoded there are some copies of it. */
    public static final int DEFAULT_BYTES = 32 << 20;

    /** For all records of one fetch that are not small, if they are more than one; a sixteenth of the launcher's heap. */
    static final long HEAVY_BYTES = 64 << 20;

    /**
     * Bounds a consumer that has not polled yet.
     *
     * @param config that it was made of
     * @return the same
     */
    public static <C extends KafkaConsumer<?, ?>> C of(C consumer, Map<String, ?> config, int recordBytes) {
        Object polled = config.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        int records = polled == null ? ConsumerConfig.DEFAULT_MAX_POLL_RECORDS : Integer.parseInt(polled.toString());
        new RecordBound(recordBytes, HEAVY_BYTES / records).install(consumer);
        return consumer;
    }

    /** As above, with {@link #DEFAULT_BYTES}. */
    public static <C extends KafkaConsumer<?, ?>> C of(C consumer, Map<String, ?> config) {
        return of(consumer, config, DEFAULT_BYTES);
    }

    /** Whether a value stands for one that was kept away. */
    public static boolean isTooLarge(byte @Nullable [] value) {
        return TooLargeRecord.of(value).isPresent();
    }

    private void install(KafkaConsumer<?, ?> consumer) {
        try {
            Object delegate = field(KafkaConsumer.class, "delegate").get(consumer);
            Object network = field(delegate.getClass(), "client").get(delegate);
            Field client = field(network.getClass(), "client");
            client.set(network, bounded((KafkaClient) client.get(network)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "Records cannot be bounded with this release of Kafka's clients, whose inside is another", e);
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private KafkaClient bounded(KafkaClient client) {
        return (KafkaClient) Proxy.newProxyInstance(
                KafkaClient.class.getClassLoader(), new Class<?>[] {KafkaClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send")) {
                        arguments[0] = bounded((ClientRequest) arguments[0]);
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
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
                    try {
                        if (response.responseBody() instanceof FetchResponse fetched) {
                            bound(fetched.data());
                        }
                    } finally {
                        request.callback().onComplete(response);
                    }
                });
    }

    /** What is in there already of large records, and how much was unpacked to know. */
    private static final class Taken {
        /** Nothing else is sent or received meanwhile, heartbeats included: half a second of gzip, and one batch. */
        private static final long MAX_SEEN_BYTES = 256 << 20;

        private final BufferSupplier buffers = BufferSupplier.create();
        private byte @Nullable [] window;
        private long heavyBytes;
        private long seenBytes;

        /** Most fetches need none. */
        byte[] window() {
            if (window == null) {
                window = new byte[UnpackedBatch.WINDOW_BYTES];
            }
            return window;
        }

        boolean isFull() {
            return seenBytes > MAX_SEEN_BYTES;
        }

        /** False if it is too much together with what was taken before. */
        boolean take(UnpackedBatch batch) {
            seenBytes += batch.seenBytes();
            boolean fits = heavyBytes == 0 || heavyBytes + batch.heavyBytes() <= HEAVY_BYTES;
            heavyBytes += batch.heavyBytes();
            return fits;
        }
    }

    void bound(FetchResponseData fetched) {
        var taken = new Taken();
        fetched.responses().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.records() instanceof MemoryRecords)
                .forEach(partition -> partition.setRecords(bounded((MemoryRecords) partition.records(), taken)));
    }

    private MemoryRecords bounded(MemoryRecords records, Taken taken) {
        List<ByteBuffer> batches = new ArrayList<>();
        boolean same = true;
        int position = 0;
        for (MutableRecordBatch batch : records.batches()) {
            ByteBuffer bytes = records.buffer().slice(position, batch.sizeInBytes());
            position += batch.sizeInBytes();
            if (batch.isCompressed() && batch instanceof DefaultRecordBatch compressed) {
                UnpackedBatch unpacked = new UnpackedBatch(compressed, this, taken.window(), taken.buffers);
                Optional<ByteBuffer> without = taken.isFull() ? Optional.empty() : unpacked.withoutTooLarge();
                if (taken.isFull() || !taken.take(unpacked)) {
                    same = false;
                    break;
                }
                same &= without.isEmpty();
                bytes = without.orElse(bytes);
            }
            batches.add(bytes);
        }
        return same ? records : joined(batches);
    }

    private static MemoryRecords joined(List<ByteBuffer> batches) {
        ByteBuffer all = ByteBuffer.allocate(
                batches.stream().mapToInt(ByteBuffer::remaining).sum());
        batches.forEach(all::put);
        return MemoryRecords.readableRecords(all.flip());
    }
}

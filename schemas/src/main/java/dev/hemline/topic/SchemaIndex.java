package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Where each fingerprint's schema stands on topic {@code schemas}, as far as that was read. For one thread at a time. */
final class SchemaIndex {
    /** A hundred bytes each, of which a release needs a dozen; those written or needed last. */
    private static final int MOST_PLACES = 100_000;

    private final Function<TopicReader, Uuid> ids;
    private final Map<Long, Place> places = SchemaTopic.newest(MOST_PLACES);
    private final Map<TopicPartition, Long> read = new HashMap<>();
    /** Of the topic that was read. */
    private @Nullable Uuid id;

    private final AtomicLong refused = new AtomicLong();

    private record Place(int partition, long offset) {}

    /** @param ids tell which topic it is: one that was made anew has another one */
    SchemaIndex(Function<TopicReader, Uuid> ids) {
        this.ids = ids;
    }

    boolean has(long fingerprint) {
        return places.containsKey(fingerprint);
    }

    /** How often a record was not what its key says. */
    long refused() {
        return refused.get();
    }

    /** What stands where its fingerprint was met. */
    Optional<WritersSchema> find(TopicReader open, long fingerprint, long deadline) {
        Place place = places.get(fingerprint);
        if (place == null) {
            return Optional.empty();
        }
        var partition = new TopicPartition(Topics.SCHEMAS.name(), place.partition());
        Optional<WritersSchema> schema =
                open.read(partition, place.offset(), left(deadline)).flatMap(record -> schema(fingerprint, record));
        if (schema.isEmpty()) {
            places.remove(fingerprint);
        }
        return schema;
    }

    /** To the topic's end; from its beginning only if it was made anew. */
    void readOn(TopicReader open, long deadline) {
        Map<TopicPartition, Long> ends;
        try {
            // Before its end, which may be another one's already.
            Uuid now = ids.apply(open);
            ends = open.stableEnds(List.of(Topics.SCHEMAS));
            if (!now.equals(id) || ends.entrySet().stream().anyMatch(end -> end.getValue() < position(end.getKey()))) {
                id = now;
                read.clear();
                places.clear();
            }
        } catch (UnknownTopicOrPartitionException e) {
            // Then nobody has told of any, unless a broker has yet to hear of it.
            if (id != null) {
                throw e;
            }
            return;
        }
        if (!ends.equals(read)) {
            open.from(ends.keySet().stream().collect(toMap(partition -> partition, this::position)))
                    .readTo(ends, left(deadline), record -> take(record, deadline));
            read.putAll(ends);
        }
    }

    private long position(TopicPartition partition) {
        return read.getOrDefault(partition, 0L);
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private void take(ConsumerRecord<byte[], byte[]> record, long deadline) {
        index(record);
        read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        if (System.nanoTime() - deadline > 0) {
            throw new TimeoutException("it has more records than are read at once; the next look reads on");
        }
    }

    private void index(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.key() == null || record.key().length != Long.BYTES * 2) {
            return;
        }
        try {
            long fingerprint = HexFormat.fromHexDigitsToLong(new String(record.key(), UTF_8));
            // Who writes over one that is right changes nothing.
            if (!places.containsKey(fingerprint) || schema(fingerprint, record).isPresent()) {
                places.put(fingerprint, new Place(record.partition(), record.offset()));
            }
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
        }
    }

    private Optional<WritersSchema> schema(long fingerprint, ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] text = record.value();
        try {
            WritersSchema schema = WritersSchema.parse(text == null ? "" : new String(text, UTF_8));
            if (schema.fingerprint() == fingerprint) {
                return Optional.of(schema);
            }
        } catch (UnknownSchemaException e) {
            // Neither is it one.
        }
        refused.incrementAndGet();
        return Optional.empty();
    }
}

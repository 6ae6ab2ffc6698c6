package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.GroundTruth;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole topic {@code schemas}, in which a schema is looked for. */
class SchemaTopicFuzzTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEMAS.name(), 0);
    private static final String OURS = GroundTruth.getClassSchema().toString();
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(GroundTruth.getClassSchema());

    /** Whatever stands there, a schema is found or not; nothing is refused. */
    private static final Promise PROMISE = Promise.of(SchemaTopicFuzzTest::find, new Memory(8 << 20, 4_096), List.of());

    /** The fingerprint, then records: a byte with the key's length, that, two with the value's, and that. */
    private static Object find(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(input, Math.max(Long.BYTES, input.length)));
        long asked = in.getLong();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (in.remaining() > 3) {
            byte[] key = next(in, in.get() & 0xFF);
            byte[] value = in.remaining() < 2 ? null : next(in, in.getShort() & 0xFFFF);
            records.add(new ConsumerRecord<>(PARTITION.topic(), 0, records.size(), key, value));
        }
        try (var topic = new SchemaTopic(
                () -> new TopicReader(Map.of(), consumer(records)), reader -> Uuid.ZERO_UUID, Duration.ofSeconds(5))) {
            return topic.find(asked).map(WritersSchema::fingerprint).filter(found -> {
                if (found != asked) {
                    throw new AssertionError("another one than was asked for");
                }
                return true;
            });
        }
    }

    private static byte[] next(ByteBuffer in, int length) {
        byte[] bytes = new byte[Math.min(length, in.remaining())];
        in.get(bytes);
        return bytes;
    }

    private static MockConsumer<byte[], byte[]> consumer(List<ConsumerRecord<byte[], byte[]>> records) {
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {
            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                records.stream()
                        .filter(record -> record.offset() >= position(PARTITION))
                        .forEach(this::addRecord);
                return super.poll(timeout);
            }
        };
        consumer.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) records.size()));
        return consumer;
    }

    static Stream<byte[]> seeds() {
        String key = HexFormat.of().toHexDigits(FINGERPRINT);
        return Stream.of(
                seed(key, OURS),
                seed(key, "\"string\"", key, OURS),
                seed(key.toUpperCase(Locale.ROOT), OURS, "not a fingerprint", OURS, "", ""));
    }

    private static byte[] seed(String... keysAndValues) {
        ByteBuffer seed = ByteBuffer.allocate(10_000).putLong(FINGERPRINT);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            seed.put((byte) keysAndValues[i].length()).put(keysAndValues[i].getBytes(UTF_8));
            seed.putShort((short) keysAndValues[i + 1].length()).put(keysAndValues[i + 1].getBytes(UTF_8));
        }
        return Arrays.copyOf(seed.array(), seed.position());
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldFindOrNot(byte[] input) {
        PROMISE.holdsFor(input);
    }

    @Test
    void shouldFindOrNotWhateverStandsOnTheTopic() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}

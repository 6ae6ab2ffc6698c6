package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GroundTruth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SchemaTopicTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEMAS.name(), 0);
    private static final Schema LATER = LaterRelease.schema(GroundTruth.getClassSchema());
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(LATER);

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final SchemaTopic topic = new SchemaTopic(() -> new TopicReader(Map.of(), consumer()));
    private int readers;
    private boolean silent;

    private MockConsumer<byte[], byte[]> consumer() {
        readers++;
        var consumer = new MockConsumer<byte[], byte[]>("earliest") {
            @Override
            public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
                super.seekToBeginning(partitions);
                updateEndOffsets(Map.of(PARTITION, (long) records.size()));
                schedulePollTask(() -> records.forEach(this::addRecord));
            }
        };
        consumer.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        if (silent) {
            consumer.setOffsetsException(new KafkaException("nobody answers"));
        }
        return consumer;
    }

    private void put(long fingerprint, String text) {
        records.add(new ConsumerRecord<>(
                PARTITION.topic(),
                0,
                records.size(),
                HexFormat.of().toHexDigits(fingerprint).getBytes(UTF_8),
                text.getBytes(UTF_8)));
    }

    @Test
    void shouldBelieveOnlyWhatHasTheFingerprintThatItIsLookedForBy() {
        put(1, "no schema at all, which nobody looks for");
        put(FINGERPRINT, "{");
        put(FINGERPRINT, "\"string\"");
        put(FINGERPRINT, LATER.toString());

        assertThat(topic.find(FINGERPRINT)).map(WritersSchema::fingerprint).contains(FINGERPRINT);
        assertThat(topic.refused()).isEqualTo(2);
        assertThat(topic.found()).isEqualTo(1);
    }

    @Test
    void shouldLookOnceForEachSchemaThatIsNotThereByOneReader() {
        put(FINGERPRINT, LATER.toString());

        for (int i = 0; i < 3; i++) {
            topic.find(FINGERPRINT);
            assertThat(topic.find(7)).isEmpty();
        }

        assertThat(readers).isEqualTo(1);
        assertThat(topic.missing()).isEqualTo(1);
    }

    @Test
    void shouldFindASchemaBehindAnyNumberOfOthers() {
        for (int i = 0; i <= SchemaTopic.MOST_KEPT; i++) {
            Schema other = Schema.createFixed("f" + i, null, null, 4);
            put(SchemaNormalization.parsingFingerprint64(other), other.toString());
        }
        put(FINGERPRINT, LATER.toString());

        for (int i = 0; i <= SchemaTopic.MOST_KEPT; i++) {
            assertThat(topic.find(HexFormat.fromHexDigitsToLong(
                            new String(records.get(i).key(), UTF_8))))
                    .isPresent();
        }
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldNotTakeSilenceForAnAnswer() {
        silent = true;
        assertThatExceptionOfType(NotYetReadableException.class)
                .isThrownBy(() -> topic.find(FINGERPRINT))
                .withMessageContaining("cannot be looked up on topic schemas");

        silent = false;
        put(FINGERPRINT, LATER.toString());
        assertThat(topic.find(FINGERPRINT)).isPresent();
    }

    @Test
    void shouldLetNobodyWaitWhoMustNot() {
        put(FINGERPRINT, LATER.toString());
        Queue<Runnable> tasks = new ArrayDeque<>();
        WriterSchemas ahead = topic.withoutWaiting(tasks::add, failure -> {});

        for (long asked : new long[] {FINGERPRINT, FINGERPRINT, 7}) {
            assertThatExceptionOfType(NotYetReadableException.class).isThrownBy(() -> ahead.find(asked));
        }
        assertThat(tasks).hasSize(2);
        tasks.remove().run();

        assertThat(ahead.find(FINGERPRINT)).isPresent();
        assertThat(ahead.find(7)).as("answered by the same look").isEmpty();
    }
}

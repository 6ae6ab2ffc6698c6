package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final TopicPartition FIRST = new TopicPartition(Topics.SCORES.name(), 0);
    private static final TopicPartition SECOND = new TopicPartition(Topics.SCORES.name(), 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final TopicReader reader = new TopicReader(Map.of(), consumer);
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void initialize() {
        consumer.updatePartitions(Topics.SCORES.name(), List.of(info(FIRST), info(SECOND)));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    }

    private static PartitionInfo info(TopicPartition partition) {
        return new PartitionInfo(partition.topic(), partition.partition(), null, null, null);
    }

    @Test
    void shouldReadAllPartitionsToTheirEndsAsOfNow() {
        consumer.updateEndOffsets(Map.of(FIRST, 2L, SECOND, 1L));
        consumer.schedulePollTask(() -> add(FIRST, "a", "b", "came later"));
        consumer.schedulePollTask(() -> add(SECOND, "c"));

        reader.readAll(Topics.SCORES, PATIENCE, this::keep);

        assertThat(read).containsExactly("a", "b", "c");
    }

    @Test
    void shouldFetchNoMoreWhereItIsMuch() {
        consumer.updateEndOffsets(Map.of(FIRST, 4L, SECOND, 0L));
        consumer.schedulePollTask(() -> add(FIRST, "a", "b"));
        consumer.schedulePollTask(() -> add(FIRST, "c", "d"));

        reader.fromBeginning(List.of(Topics.SCORES))
                .readTo(reader.stableEnds(List.of(Topics.SCORES)), PATIENCE, 2, this::keep);

        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void shouldReadWhatComesFromNowOn() {
        consumer.updateEndOffsets(Map.of(FIRST, 5L, SECOND, 7L));

        reader.fromNow(List.of(Topics.SCORES));

        assertThat(consumer.assignment()).containsOnly(FIRST, SECOND);
        assertThat(consumer.position(FIRST)).isEqualTo(5);
        assertThat(consumer.position(SECOND)).isEqualTo(7);
    }

    @Test
    void shouldReadFromSomeOffsetsToOthersAndNothingElse() {
        reader.from(Map.of(FIRST, 1L));
        add(FIRST, "a", "b", "c", "d");

        reader.readTo(Map.of(FIRST, 3L, SECOND, 3L), PATIENCE, this::keep);

        assertThat(read).containsExactly("b", "c");
    }

    @Test
    void shouldSayWhereItStandsWhenNothingMoreComes() {
        consumer.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 0L));

        assertThatExceptionOfType(TopicReader.StalledException.class)
                .isThrownBy(() -> reader.readAll(Topics.SCORES, PATIENCE, this::keep))
                .withMessage("Topic scores was not read to offset 1 within 0 s;"
                        + " is there a transaction that does not end?");
    }

    @Test
    void shouldNameATopicThatIsMissing() {
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> reader.readAll(Topics.MODELS, PATIENCE, this::keep))
                .withMessage("Topic models is not there");
    }

    @Test
    void shouldReadASingleRecordWhereItIsStillThere() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 1L));
        consumer.updateEndOffsets(Map.of(FIRST, 3L));
        consumer.schedulePollTask(() -> add(FIRST, "gone", "b", "c"));

        assertThat(reader.read(FIRST, 2, PATIENCE))
                .map(record -> text(record.value()))
                .contains("c");
        assertThat(reader.read(FIRST, 0, PATIENCE)).isEmpty();
        assertThat(reader.read(FIRST, 3, PATIENCE)).isEmpty();
    }

    @Test
    void shouldNotTakeARecordForGoneThatBrokersDoNotHandOut() {
        consumer.updateEndOffsets(Map.of(FIRST, 1L));

        assertThatExceptionOfType(TopicReader.StalledException.class).isThrownBy(() -> reader.read(FIRST, 0, PATIENCE));
    }

    private void add(TopicPartition partition, String... values) {
        for (int offset = 0; offset < values.length; offset++) {
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, new byte[0], values[offset].getBytes(UTF_8)));
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        read.add(text(record.value()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}

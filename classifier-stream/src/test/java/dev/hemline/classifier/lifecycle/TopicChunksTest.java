package dev.hemline.classifier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.topic.MockReaders;
import dev.hemline.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicChunksTest {
    private static final String TOPIC = Topics.MODELS.name();

    private final MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");

    /** The end of a partition on which these offsets hold a record of that number. */
    private void holds(long end, long... offsets) {
        reader.schedulePollTask(() -> {
            reader.updateEndOffsets(Map.of(new TopicPartition(TOPIC, 0), end));
            for (long offset : offsets) {
                reader.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], new byte[] {(byte) offset}));
            }
        });
    }

    private List<byte[]> fetch(long... offsets) {
        List<ChunkPlace> places = Arrays.stream(offsets)
                .mapToObj(offset -> new ChunkPlace(0, offset))
                .toList();
        return new TopicChunks(() -> MockReaders.of(reader)).fetch(places);
    }

    @Test
    void shouldFetchWhatIsAskedForAndNothingBetween() {
        holds(20, 10, 11, 12, 13);

        assertThat(fetch(12, 10)).containsExactly(new byte[] {10}, new byte[] {12});
        assertThat(reader.closed()).isTrue();
    }

    @Test
    void shouldLeaveOutWhatIsNotThereAnyMore() {
        holds(20, 10, 13);

        assertThat(fetch(10, 12)).containsExactly(new byte[] {10});
    }

    @Test
    void shouldFetchNothingForNoPlaces() {
        assertThat(fetch()).isEmpty();
    }
}

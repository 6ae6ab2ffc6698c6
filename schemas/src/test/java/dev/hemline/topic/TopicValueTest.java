package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.GroundTruth;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicValueTest {
    private static final Topic<String, GroundTruth> TOPIC = Topics.GROUND_TRUTH;

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(TOPIC.name(), 0, 0, "a".getBytes(UTF_8), value);
    }

    @Test
    void shouldGiveWhatARecordHoldsAndNothingOfTombstonesAndStrangers() {
        GroundTruth truth = GroundTruth.newBuilder()
                .setId("a")
                .setLabel(3)
                .setLabelledAt(Instant.EPOCH)
                .setBy("Ann")
                .build();

        assertThat(TOPIC.value(record(TOPIC.valueSerde().serializer().serialize("", truth))))
                .contains(truth);
        assertThat(TOPIC.value(record(null))).isEmpty();
        assertThat(TOPIC.value(record("anything".getBytes(UTF_8)))).isEmpty();
    }
}

package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void shouldForgetWhatCrashedInstancesSaid() {
        assertThat(Topics.MODEL_STATUS.config())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "86400000");
    }

    @Test
    void shouldForgetWhatInstancesTriedAMonthAgo() {
        assertThat(Topics.MODEL_ATTEMPTS.config())
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("retention.ms", "2592000000")
                .containsEntry("message.timestamp.type", "LogAppendTime");
    }

    @Test
    void shouldKeepWhatStrangersSendByWhenItCame() {
        assertThat(List.of(Topics.IMAGE_EVENTS, Topics.GROUND_TRUTH, Topics.TRAINING_REQUESTS))
                .allSatisfy(
                        topic -> assertThat(topic.config()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void shouldReadBackAStatus() {
        Instant now = Instant.ofEpochMilli(5);
        ModelStatus status = new ModelStatus("app", "host-1", "m", 3, ModelState.REFUSED, "labels", "why", now, now);

        byte[] bytes = Topics.MODEL_STATUS.valueSerde().serializer().serialize("model-status", status);

        assertThat(Topics.MODEL_STATUS.valueSerde().deserializer().deserialize("model-status", bytes))
                .isEqualTo(status);
    }
}

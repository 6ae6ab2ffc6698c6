package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.service.KafkaTopics;
import dev.hemline.service.OpenTransactions;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenTransactionIT {
    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double seconds() {
        return registry.get("hemline.open.transaction").gauge().value();
    }

    @Test
    void shouldSeeHowLongEventsWaitBehindSomebodysTransaction() throws Exception {
        KafkaTopics.ensure(broker.settings(), List.of(Topics.IMAGE_EVENTS));
        Map<String, Object> transactional =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "somebody");
        try (var producer = new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer());
                var open = OpenTransactions.start(broker.settings(), Topics.IMAGE_EVENTS, registry)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), "a".getBytes(UTF_8), new byte[] {1}))
                    .get();

            await().atMost(PATIENCE).until(() -> seconds() > 5);
            producer.abortTransaction();

            await().atMost(PATIENCE).until(() -> seconds() == 0);
            assertThat(open.reasonNotReady()).isEmpty();
        }
    }
}

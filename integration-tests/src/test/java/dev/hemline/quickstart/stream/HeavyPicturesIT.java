package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.image.HeavyPicture;
import dev.hemline.image.ImageEvents;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class HeavyPicturesIT {
    private static final int LIGHT = 600;
    private static final int HEAVY = 80;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldAnswerSmallFilesThatAreMuchWorkWithinItsTransactions() throws Exception {
        // Given: a transaction that ends long before so much is decoded as may be polled at once
        Map<String, String> hasty = Map.of("producer.transaction.timeout.ms", "6000");
        send();
        TestModels.publish(BROKER.settings(), 1);

        // When
        try (TestClassifier running =
                TestClassifier.start(new KafkaSettings(BROKER.bootstrapServers(), hasty), "heavy", folder)) {
            var outcomes = new Outcomes(BROKER.clients());
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> outcomes.count() >= LIGHT + HEAVY);

            // Then: none was forwarded twice, as all of a lost transaction are; of a rebalance, they would only be
            // taken twice
            outcomes.assertEachEventHasOne();
            assertThat(running.count("hemline.classifications")).isEqualTo(LIGHT + HEAVY);
        }
    }

    /** Light ones first, which make Kafka Streams do very many before it looks at its clock. */
    private static void send() {
        try (var producer = BROKER.clients().bytesProducer()) {
            for (int i = 0; i < LIGHT + HEAVY; i++) {
                String id = "event-" + i;
                var unused = producer.send(new ProducerRecord<>(
                        Topics.IMAGE_EVENTS.name(),
                        i % Topics.IMAGE_EVENTS.partitions(),
                        id.getBytes(UTF_8),
                        i < LIGHT ? ImageEvents.onePixel(id, 0) : HeavyPicture.event(id)));
            }
        }
    }
}

package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LargePicturesIT {
    private static final int PICTURES = 600;
    private static final int SIDE = 960;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void shouldWaitForTheFirstModelWithinItsHeapHoweverLargeThePictures() throws Exception {
        // Given: 550 MB of pictures, for a classifier of 384 MB
        try (ChildClassifier classifier =
                ChildClassifier.start(BROKER.settings(), folder, "classifier", "--no-scores")) {
            classifier.awaitHttp();
            sendPictures();
            await("it holds what it takes, and waits")
                    .during(Duration.ofSeconds(5))
                    .atMost(PATIENCE)
                    .until(() -> classifier.page().get("/health/live").status() == 200);

            // When
            TestModels.publish(BROKER.settings(), 1);

            // Then
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(BROKER.clients().readValues(Topics.CLASSIFICATIONS))
                            .extracting(Classification::getId)
                            .doesNotHaveDuplicates()
                            .hasSize(PICTURES));
        }
    }

    private static void sendPictures() throws Exception {
        ByteBuffer pixels = ByteBuffer.allocate(SIDE * SIDE);
        try (var producer = BROKER.clients().bytesProducer()) {
            for (int i = 0; i < PICTURES; i++) {
                ImageEvent picture = TestEvents.image("large-" + i)
                        .setWidth(SIDE)
                        .setHeight(SIDE)
                        .setContent(pixels)
                        .build();
                // Dealt evenly, so that no partition has few enough to be harmless.
                int partition = i % Topics.IMAGE_EVENTS.partitions();
                producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), partition, null, bytes(picture)))
                        .get();
            }
        }
    }

    private static byte[] bytes(ImageEvent event) {
        return Topics.IMAGE_EVENTS.valueSerde().serializer().serialize(Topics.IMAGE_EVENTS.name(), event);
    }
}

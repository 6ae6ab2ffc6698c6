package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.Classifier;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ImageFormat;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HeavyPicturesIT {
    private static final int SIDE = 5_000;
    private static final int LIGHT = 600;
    private static final int HEAVY = 60;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldAnswerSmallFilesThatAreMuchWorkWithinItsTransactions() throws Exception {
        // Given: a transaction that ends long before so much is decoded as may be polled at once
        Map<String, String> hasty = Map.of("producer.transaction.timeout.ms", "4000");
        send();
        TorchEngine.start(1);
        TestModels.publish(BROKER.settings(), 1);
        var metrics = new SimpleMeterRegistry();
        var settings = new ClassifierSettings(
                new KafkaSettings(BROKER.bootstrapServers(), hasty),
                "heavy",
                Optional.empty(),
                Admission.OPEN,
                Delivery.EXACTLY_ONCE,
                2,
                new EngineSettings(1, 128),
                ImageLimits.DEFAULT,
                folder);

        // When
        try (Classifier classifier = new Classifier(settings, new DjlModelLoader(), metrics, ClassifierListener.NONE)) {
            classifier.start(() -> {});
            var outcomes = new Outcomes(BROKER.clients());
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> outcomes.count() >= LIGHT + HEAVY);

            // Then: none was taken twice, which all of a lost transaction are
            outcomes.assertEachEventHasOne();
            assertThat(metrics.get("hemline.events").counter().count()).isEqualTo(LIGHT + HEAVY);
            classifier.rethrowFailure();
        }
    }

    /** Light ones first, which make Kafka Streams do very many before it looks at its clock. */
    private static void send() throws Exception {
        KafkaTopics.ensure(
                BROKER.settings(),
                List.of(Topics.IMAGE_EVENTS, Topics.MODELS, Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ));
        byte[] heavy = interlaced();
        try (var producer = BROKER.clients().bytesProducer()) {
            for (int i = 0; i < LIGHT + HEAVY; i++) {
                var event = TestEvents.image("event-" + i);
                if (i >= LIGHT) {
                    event.setFormat(ImageFormat.PNG).setContent(ByteBuffer.wrap(heavy));
                }
                var unused = producer.send(new ProducerRecord<>(
                        Topics.IMAGE_EVENTS.name(),
                        i % Topics.IMAGE_EVENTS.partitions(),
                        ("event-" + i).getBytes(UTF_8),
                        Topics.IMAGE_EVENTS.valueSerde().serializer().serialize("", event.build())));
            }
        }
    }

    /** A PNG of a few kB that takes some hundred milliseconds. */
    private static byte[] interlaced() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam adam7 = writer.getDefaultWriteParam();
        adam7.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        var file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY);
            writer.write(null, new IIOImage(picture, null, null), adam7);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}

package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.TrainCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelIT {
    private static final int EVENTS = 1_000;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldRecogniseRealClothesWithANetworkTrainedOnAFewHundred() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        int exitCode = CommandLineApp.run(
                new TrainCommand(),
                "--bootstrap-servers",
                BROKER.bootstrapServers(),
                "--data",
                data.toString(),
                "--epochs",
                "6",
                "--batch-size",
                "32",
                "--optimizer",
                "adamw",
                "--learning-rate",
                "0.003",
                "--threads",
                "1");
        assertThat(exitCode).isZero();

        try (TestClassifier running = TestClassifier.start(BROKER.settings(), "classifier", folder)) {
            SentImages.send(BROKER.settings(), EVENTS, 0, 0);
            await().atMost(PATIENCE).until(() -> running.count("hemline.classifications") == EVENTS);
        }

        Map<String, ImageEvent> images = read(Topics.IMAGE_EVENTS);
        Map<String, Classification> results = read(Topics.CLASSIFICATIONS);
        assertThat(results.keySet()).isEqualTo(images.keySet());
        long right = results.values().stream()
                .filter(result -> Objects.equals(
                        result.getLabel(),
                        Objects.requireNonNull(images.get(result.getId())).getLabel()))
                .count();
        assertThat(right / (double) EVENTS).isGreaterThan(0.6);
    }

    private static <V> Map<String, V> read(Topic<String, V> topic) {
        return BROKER.clients().readAll(topic.name()).stream()
                .collect(toMap(
                        record -> new String(record.key(), UTF_8),
                        record -> topic.valueSerde().deserializer().deserialize(topic.name(), record.value())));
    }
}

package dev.hemline.quickstart.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.control.keys.KeysCommand;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.quickstart.broker.EmbeddedBroker;
import dev.hemline.quickstart.broker.TestClients;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelControlIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KafkaTopics.ensure(kafka, Topics.ALL);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private record Answer(int exitCode, String out, String err) {}

    private Answer models(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        int exitCode = CommandLineApp.of(new ModelsCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private static void assertSays(Answer answer, String text) {
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains(text);
    }

    private static void awaitVersion(TestClassifier running, int version, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        running.metrics.get("hemline.model.version").gauge().value() == version);
    }

    @Test
    void shouldFollowPinsRollbackAndRetirementWithinTwoSeconds() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            TestModels.publish(kafka, seed);
        }
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", folder)) {
            awaitVersion(running, 3, PATIENCE);

            assertSays(models("pin", "1", "--reason", "to compare"), "Pinned fashion-mnist v1");
            awaitVersion(running, 1, FOLLOWS_WITHIN);
            TestModels.publish(kafka, 4);
            assertSays(models("list"), "pinned to v1 by hemline models, ");
            assertSays(models("show", "v1"), "v1, pinned");
            assertThat(models("retire", "1").err()).contains("v1 of fashion-mnist is pinned");
            assertThat(running.metrics.get("hemline.model.version").gauge().value())
                    .as("whatever is published meanwhile")
                    .isEqualTo(1);

            assertSays(models("unpin"), "Unpinned fashion-mnist v1");
            awaitVersion(running, 4, FOLLOWS_WITHIN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(models("list").out().lines())
                            .anySatisfy(
                                    line -> assertThat(line).startsWith("v4 ").contains("serving on ")));

            assertSays(models("rollback"), "Rolled fashion-mnist back from v4 to v3");
            awaitVersion(running, 3, FOLLOWS_WITHIN);
            assertSays(models("unpin"), "Unpinned");
            awaitVersion(running, 4, FOLLOWS_WITHIN);

            assertSays(models("retire", "4"), "its number is never used again");
            awaitVersion(running, 3, FOLLOWS_WITHIN);
            assertThat(models("show", "4").exitCode()).isEqualTo(CommandLineApp.FAILED);
            assertThat(TestModels.publish(kafka, 5).getVersion()).isEqualTo(5);
            awaitVersion(running, 5, FOLLOWS_WITHIN);
        }
        assertThat(models("list").out())
                .as("a closed instance takes back what it said")
                .doesNotContain("serving on");
    }

    @Test
    void shouldServeOnlySignedModelsWhenKeysAreGiven() throws Exception {
        Path keys = folder.resolve("keys");
        assertThat(CommandLineApp.run(new KeysCommand(), "generate", "--out", keys.toString()))
                .isZero();
        SigningKey key = SigningKey.read(keys.resolve("hemline.private.pem"));
        Admission signedOnly =
                new Admission(Optional.of(TrustedKeys.read(List.of(keys))), Admission.DEFAULT_MAX_MODEL_BYTES);
        TestModels.publish(kafka, 1);
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            await().atMost(PATIENCE).until(() -> running.count("hemline.models.refused") == 1);
            assertThat(running.classifier.reasonNotReady()).isPresent();

            TestModels.publish(kafka, 2, Optional.of(key));

            awaitVersion(running, 2, FOLLOWS_WITHIN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(models("list").out().lines())
                            .anySatisfy(
                                    line -> assertThat(line).startsWith("v1 ").endsWith(": unsigned"))
                            .anySatisfy(
                                    line -> assertThat(line).startsWith("v2 ").contains(key.keyId(), "serving on")));
        }
    }

    @Test
    void shouldServeATorchScriptFileOfAnotherShapeEndToEnd() throws Exception {
        Network colour = Networks.named("tiny", new Dimensions(3, 64, 64), 5);
        Path file =
                Files.write(folder.resolve("flowers.pt"), TorchScriptArchive.write(colour, Weights.initial(colour, 3)));

        assertSays(
                models(
                        "publish",
                        file.toString(),
                        "--model",
                        "flowers",
                        "--labels",
                        "aster,daisy,iris,lily,rose",
                        "--input",
                        "3x64x64",
                        "--mean",
                        "0.485,0.456,0.406",
                        "--std",
                        "0.229,0.224,0.225"),
                "Published flowers v1, not signed");
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", folder)) {
            awaitVersion(running, 1, PATIENCE);
            sendColourImages(20);
            await().atMost(PATIENCE).until(() -> running.count("hemline.classifications") == 20);
        }

        List<Classification> results = new TestClients(kafka.bootstrapServers())
                .readAll(Topics.CLASSIFICATIONS.name()).stream()
                        .map(record -> Topics.CLASSIFICATIONS
                                .valueSerde()
                                .deserializer()
                                .deserialize("", record.value()))
                        .toList();
        assertThat(results).hasSize(20).allSatisfy(result -> {
            assertThat(result.getModelName()).isEqualTo("flowers");
            assertThat(result.getProbabilities()).hasSize(5);
            assertThat(result.getLabelName()).isIn("aster", "daisy", "iris", "lily", "rose");
        });
    }

    @Test
    void shouldNotPublishWhatClassifiersWouldRefuse() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pt"), "no network");

        Answer answer = models("publish", text.toString(), "--model", "m", "--labels", "a,b", "--input", "1x28x28");

        assertThat(answer.exitCode()).isEqualTo(CommandLineApp.FAILED);
        assertThat(answer.err()).contains("classifiers would refuse it (unloadable)");
        assertThat(models("list").err()).contains("There is no model on topic models yet");
    }

    private void sendColourImages(int count) {
        Map<String, Object> settings = kafka.client(Map.of());
        try (var producer = new KafkaProducer<>(
                settings,
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer())) {
            for (int i = 0; i < count; i++) {
                byte[] pixels = new byte[3 * 64 * 64];
                new Random(i).nextBytes(pixels);
                ImageEvent event = ImageEvent.newBuilder()
                        .setId("flower-" + i)
                        .setSource("it")
                        .setCapturedAt(Instant.now())
                        .setFormat(ImageFormat.RGB8)
                        .setWidth(64)
                        .setHeight(64)
                        .setContent(ByteBuffer.wrap(pixels))
                        .build();
                var unused = producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event));
            }
        }
    }
}

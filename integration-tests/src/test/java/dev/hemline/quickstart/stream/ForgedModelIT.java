package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.control.models.PublishedModels;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.Retention;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who may write to topic models, and has no key. */
class ForgedModelIT {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private final SigningKey key = SigningKey.generate();
    private final Optional<TrustedKeys> trusted = Optional.of(TrustedKeys.of(key.trustedKey()));
    private final Admission signedOnly = new Admission(trusted, Admission.DEFAULT_MAX_MODEL_BYTES);
    private KafkaSettings kafka;

    @BeforeEach
    void knowTheBroker() {
        kafka = broker.settings();
    }

    @Test
    void shouldFollowTheSignedModelWhateverOthersAreForged() throws Exception {
        TestModels.publish(kafka, 1, Optional.of(key));
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            awaitVersion(running, 1);

            forge("forged", 1);
            forge(TestModels.NAME, 1);
            TestModels.publish(kafka, 2, Optional.of(key));

            awaitVersion(running, 2);
            send(TestModels.NAME + "/v000002/chunk-0000", new byte[] {1, 2, 3});
            send(TestModels.NAME + "/v000002/chunk-0099", new byte[] {1, 2, 3});
        }
        try (TestClassifier again = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            awaitVersion(again, 2);
            assertThat(again.classifier.servingModel())
                    .map(ModelManifest::getName)
                    .contains(TestModels.NAME);
        }
        PublishedModels published = new PublishedModels(kafka, trusted);
        ModelManifest serving = published.serving(Optional.empty());
        assertThat(serving.getName()).isEqualTo(TestModels.NAME);
        assertThat(published.archive(serving))
                .hasSize((int) serving.getArchive().getSizeBytes());
    }

    @Test
    void shouldGoOnPublishingWhateverIsForged() throws Exception {
        ModelManifest genuine = TestModels.publish(kafka, 1, Optional.of(key));
        for (int version = 2; version <= 11; version++) {
            forge(TestModels.NAME, version);
        }
        send("fashion-mnist/v999999999", null);

        assertThat(new Retention(10).apply(TestModels.NAME, kafka.client(Map.of()), trusted, "test"))
                .isEmpty();
        try (ModelPublisher trainer =
                ModelPublisher.open(TestModels.NAME, kafka.client(Map.of()), Optional.of(key), trusted)) {
            assertThat(trainer.versions().serving()).as("what the gate keeps").contains(genuine);
        }
        assertThat(TestModels.publish(kafka, 2, Optional.of(key)).getVersion()).isEqualTo(12);
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            awaitVersion(running, 12);
        }
    }

    @Test
    void shouldFollowPinsOfThoseWhoHaveTheKeyAndEachOnce() throws Exception {
        String signingKey = folder.resolve("key.pem").toString();
        key.write(Path.of(signingKey));
        for (int seed = 1; seed <= 3; seed++) {
            TestModels.publish(kafka, seed, Optional.of(key));
        }
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            awaitVersion(running, 3);

            // When somebody without the key pins, and somebody with it
            assertThat(models("pin", "1")).contains("Mind: versions of fashion-mnist are signed and this is not");
            assertThat(models("pin", "2", "--signing-key", signingKey)).contains("Pinned fashion-mnist v2");
            awaitVersion(running, 2);
            ConsumerRecord<byte[], byte[]> pin = lastPin();
            models("pin", "3", "--signing-key", signingKey);
            awaitVersion(running, 3);

            // And the stranger takes it back, and sends the key owner's first one again
            models("unpin");
            send(new ProducerRecord<>(
                    Topics.MODELS.name(), null, new String(pin.key(), UTF_8), pin.value(), pin.headers()));

            // Then neither changes anything, now or for the programs that read the topic later
            await().atMost(PATIENCE).until(() -> running.count("hemline.pins.refused") == 3);
            assertThat(running.metrics.get("hemline.model.version").gauge().value())
                    .isEqualTo(3);
        }
        try (TestClassifier again = TestClassifier.start(kafka, "classifier", signedOnly, folder)) {
            awaitVersion(again, 3);
            models("pin", "1", "--signing-key", signingKey);
            awaitVersion(again, 1);
            assertThat(models("unpin", "--signing-key", signingKey)).contains("Unpinned fashion-mnist v1");
            awaitVersion(again, 3);
        }
    }

    private String models(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        StringWriter said = new StringWriter();
        int code = CommandLineApp.of(new ModelsCommand(), Map.of())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(all.toArray(String[]::new));
        assertThat(code).as(said.toString()).isZero();
        return said.toString();
    }

    private ConsumerRecord<byte[], byte[]> lastPin() {
        List<ConsumerRecord<byte[], byte[]>> pins = new ArrayList<>();
        ModelCatalog.readEvents(kafka.client(Map.of()), (event, writers) -> {
            if (ModelKey.steers(new String(event.key(), UTF_8))) {
                pins.add(event);
            }
        });
        return pins.get(pins.size() - 1);
    }

    private static void awaitVersion(TestClassifier running, int version) {
        await().atMost(PATIENCE)
                .until(() ->
                        running.metrics.get("hemline.model.version").gauge().value() == version);
    }

    /** Better and newer than all others. */
    private void forge(String name, int version) throws Exception {
        ModelManifest forged = UntrainedModel.of("tiny", 99)
                .draft()
                .setName(name)
                .setVersion(version)
                .setArchive(new ModelArchive("torchscript", 3L, "ff".repeat(32), 1))
                .setCreatedAt(Instant.now().plus(Duration.ofDays(365)))
                .setEvaluation(new ModelEvaluation("validation", 5_000, 1.0, 0.0))
                .build();
        send(
                new ModelKey.Manifest(name, version).toString(),
                EventSerde.of(ModelManifest.class).encode(forged));
    }

    private void send(String key, byte @Nullable [] value) throws Exception {
        send(new ProducerRecord<>(Topics.MODELS.name(), key, value));
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }
}

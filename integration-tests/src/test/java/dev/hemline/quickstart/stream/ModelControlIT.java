package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelControlIT {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private KafkaSettings kafka;

    @BeforeEach
    void knowTheBroker() {
        kafka = broker.settings();
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
    void shouldFollowPinsRollbackAndRetirement() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            TestModels.publish(kafka, seed);
        }
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", folder)) {
            awaitVersion(running, 3, PATIENCE);

            assertSays(models("pin", "1", "--reason", "to compare"), "Pinned fashion-mnist v1");
            awaitVersion(running, 1, PATIENCE);
            TestModels.publish(kafka, 4);
            assertSays(models("list"), "pinned to v1 by hemline models, ");
            assertSays(models("show", "v1"), "v1, pinned");
            assertThat(models("retire", "1").err()).contains("v1 of fashion-mnist is pinned");
            assertThat(running.metrics.get("hemline.model.version").gauge().value())
                    .as("whatever is published meanwhile")
                    .isEqualTo(1);

            assertSays(models("unpin"), "Unpinned fashion-mnist v1");
            awaitVersion(running, 4, PATIENCE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(models("list").out().lines())
                            .anySatisfy(
                                    line -> assertThat(line).startsWith("v4 ").contains("serving on ")));

            assertSays(models("rollback"), "Rolled fashion-mnist back from v4 to v3");
            awaitVersion(running, 3, PATIENCE);
            assertSays(models("unpin"), "Unpinned");
            awaitVersion(running, 4, PATIENCE);

            assertSays(models("retire", "4"), "its number is never used again");
            awaitVersion(running, 3, PATIENCE);
            assertThat(models("show", "4").exitCode()).isEqualTo(CommandLineApp.FAILED);
            assertThat(TestModels.publish(kafka, 5).getVersion()).isEqualTo(5);
            awaitVersion(running, 5, PATIENCE);
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
            assertThat(running.classifier.reasonNotReady())
                    .hasValueSatisfying(
                            reason -> assertThat(reason).startsWith("fashion-mnist v1 was refused (unsigned): "));

            TestModels.publish(kafka, 2, Optional.of(key));

            awaitVersion(running, 2, PATIENCE);
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
            sendColourImages(20, picture -> step -> new SplittableRandom(picture * 1_000_003L + step).nextInt(256));
            await().atMost(PATIENCE).until(() -> running.count("hemline.classifications") == 20);
        }

        List<Classification> results = broker.clients().readValues(Topics.CLASSIFICATIONS);
        assertThat(results).hasSize(20).allSatisfy(result -> {
            assertThat(result.getModelName()).isEqualTo("flowers");
            assertThat(result.getProbabilities()).hasSize(5);
            assertThat(result.getLabelName()).isIn("aster", "daisy", "iris", "lily", "rose");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted.pt", "traced.pt"})
    void shouldAnswerAsPyTorchDoesWithAFileThatPyTorchMade(String name) throws Exception {
        Path file = Files.write(folder.resolve(name), madeByPyTorch(name));

        assertSays(
                models("publish", file.toString(), "--model", "made", "--labels", "a,b,c,d,e", "--input", "3x64x64"),
                "Published made v1");
        try (TestClassifier running = TestClassifier.start(kafka, "classifier", folder)) {
            awaitVersion(running, 1, PATIENCE);
            sendColourImages(2, picture -> step -> step * (picture + 1) % 251);
            await().atMost(PATIENCE).until(() -> running.count("hemline.classifications") == 2);
        }

        List<String> answers =
                new String(madeByPyTorch("answers.csv"), UTF_8).lines().toList();
        for (Classification result : broker.clients().readValues(Topics.CLASSIFICATIONS)) {
            int picture = Integer.parseInt(result.getId().replace("picture-", ""));
            float[] expected = floats(answers.get(picture).split(","));
            assertThat(floats(result.getProbabilities().toArray())).containsExactly(expected, within(1e-5f));
        }
    }

    private static float[] floats(Object[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.parseFloat(numbers[i].toString());
        }
        return floats;
    }

    private static byte[] madeByPyTorch(String name) throws IOException {
        try (InputStream in =
                requireNonNull(ModelControlIT.class.getResourceAsStream("/dev/hemline/quickstart/pytorch/" + name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldNotPublishWhatClassifiersWouldRefuse() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pt"), "no network");

        Answer answer = models("publish", text.toString(), "--model", "m", "--labels", "a,b", "--input", "1x28x28");

        assertThat(answer.exitCode()).isEqualTo(CommandLineApp.FAILED);
        assertThat(answer.err()).contains("classifiers would refuse it (unknown-format)");
        assertThat(models("list").err()).contains("There is no model on topic models yet");
    }

    /** @param pixels for the number of a picture, the value of each of its bytes */
    private void sendColourImages(int count, IntFunction<IntUnaryOperator> pixels) {
        Map<String, Object> settings = kafka.client(Map.of());
        try (var producer = new KafkaProducer<>(
                settings,
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer())) {
            for (int i = 0; i < count; i++) {
                byte[] content = new byte[3 * 64 * 64];
                IntUnaryOperator pixel = pixels.apply(i);
                for (int step = 0; step < content.length; step++) {
                    content[step] = (byte) pixel.applyAsInt(step);
                }
                ImageEvent event = ImageEvent.newBuilder()
                        .setId("picture-" + i)
                        .setSource("it")
                        .setCapturedAt(Instant.now())
                        .setFormat(ImageFormat.RGB8)
                        .setWidth(64)
                        .setHeight(64)
                        .setContent(ByteBuffer.wrap(content))
                        .build();
                var unused = producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event));
            }
        }
    }
}

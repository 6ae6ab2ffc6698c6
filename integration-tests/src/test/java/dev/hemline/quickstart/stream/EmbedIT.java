package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The sample of docs/embed.md: the file that stands there, run as it says there. */
class EmbedIT {
    private static final Path SAMPLE = RepositoryFiles.ROOT.resolve("examples/embed/EmbeddedClassifier.java");
    private static final String TOPIC = "picture-labels";
    private static final int TERMINATED = 128 + 15;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldStandInItsPageAsItIs() throws IOException {
        assertThat(Files.readString(RepositoryFiles.ROOT.resolve("docs/embed.md")))
                .contains("```java\n" + Files.readString(SAMPLE) + "```\n");
    }

    @Test
    void shouldSayOfEachPictureWhatAModelThatIsSignedSays() throws Exception {
        SigningKey key = SigningKey.generate();
        Path trusted = folder.resolve("public.pem");
        key.trustedKey().write(trusted);
        ModelManifest model = TestModels.publish(BROKER.settings(), 1, Optional.of(key));
        try (var admin = BROKER.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
        }
        send(
                golden("first", model, 0),
                golden("second", model, 1),
                TestEvents.image("no-picture").setFormat(ImageFormat.PNG).build());

        Process sample = start(trusted);

        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(sample.isAlive()).as(log()).isTrue();
                assertThat(said()).hasSize(3);
            });
            assertThat(said().get("first")).startsWith(answer(model, 0) + " 0.");
            assertThat(said().get("second")).startsWith(answer(model, 1) + " 0.");
            assertThat(said().get("no-picture")).startsWith("unfit: ");
        } finally {
            sample.destroy();
        }
        assertThat(sample.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sample.exitValue()).as(log()).isEqualTo(TERMINATED);
    }

    @Test
    void shouldNotStartWithAModelOfSomebodyElse() throws Exception {
        TestModels.publish(BROKER.settings(), 2, Optional.of(SigningKey.generate()));
        Path trusted = folder.resolve("public.pem");
        SigningKey.generate().trustedKey().write(trusted);

        Process sample = start(trusted);

        assertThat(sample.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sample.exitValue()).isOne();
        assertThat(log()).contains("ModelRefusedException");
    }

    private Process start(Path trusted) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SAMPLE.toString(),
                        BROKER.bootstrapServers(),
                        TOPIC,
                        trusted.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private static ImageEvent golden(String id, ModelManifest model, int image) {
        return TestEvents.image(id)
                .setWidth(FashionMnist.WIDTH)
                .setHeight(FashionMnist.HEIGHT)
                .setContent(model.getGolden().getImages().get(image))
                .build();
    }

    private static String answer(ModelManifest model, int image) {
        List<Float> recorded = model.getGolden().getProbabilities().get(image);
        float[] probabilities = new float[recorded.size()];
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = recorded.get(label);
        }
        return model.getLabels().get(Probabilities.mostLikely(probabilities));
    }

    private static void send(ImageEvent... events) throws Exception {
        EventSerde<ImageEvent> serde = EventSerde.of(ImageEvent.class);
        try (var producer = BROKER.clients().bytesProducer()) {
            for (ImageEvent event : events) {
                producer.send(new ProducerRecord<>(
                                Topics.IMAGE_EVENTS.name(), event.getId().getBytes(UTF_8), serde.encode(event)))
                        .get();
            }
        }
    }

    private static Map<String, String> said() {
        return BROKER.clients().readAll(TOPIC).stream()
                .collect(Collectors.toMap(
                        record -> new String(record.key(), UTF_8), record -> new String(record.value(), UTF_8)));
    }
}

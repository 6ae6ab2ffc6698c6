package dev.hemline.quickstart.trainer;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.TrainingRequest;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.RequestQueue;
import dev.hemline.trainer.TrainCommand;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainerServiceIT {
    private static final Duration END = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
    }

    @Test
    @Tag("long")
    void shouldAnswerEachRequestWithOneVersionWhateverHappensToTheTrainer() throws Exception {
        // Given a trainer that has trained because there was no model
        try (ChildProcess trainer = startTrainer("asked")) {
            awaitVersion(trainer, "asked", 1);

            // When it is asked to, twice with the same request
            send(request("first", "asked"));
            send(request("first", "asked"));
            send(request("stranger", "another-model"));
            awaitVersion(trainer, "asked", 2);
            awaitAllHandled(trainer, "asked");
            trainer.stop(END);
        }

        // and is asked again while it is down
        send(request("first", "asked"));
        assertThat(train("asked", "--request", "--network", "tiny", "--epochs", "1", "--force"))
                .isZero();
        try (ChildProcess trainer = startTrainer("asked")) {
            awaitVersion(trainer, "asked", 3);
            awaitAllHandled(trainer, "asked");
        }

        // Then each has its version
        PublishedVersions versions = versions("asked");
        assertThat(versions.versions()).hasSize(3);
        assertThat(training(versions, 1)).containsEntry("trigger", "start").doesNotContainKey("request");
        assertThat(training(versions, 2)).containsEntry("trigger", "request").containsEntry("request", "first");
        assertThat(training(versions, 3)).containsEntry("trigger", "request").doesNotContainEntry("request", "first");
        assertThat(versions("another-model").versions()).isEmpty();
    }

    @Test
    void shouldTellInTheManifestWhoTaught() {
        // Given a network trained to a folder
        String teacher = folder.resolve("teacher").toString();
        assertThat(train("taught", "--epochs", "1", "--threads", "1", "--output", teacher))
                .isZero();

        // When it teaches
        try (ChildProcess trainer = startTrainer("taught", "--teacher", teacher)) {
            awaitVersion(trainer, "taught", 1);
        }

        // Then the version says so
        assertThat(training(versions("taught"), 1).get("teacher"))
                .startsWith("tiny with SHA-256 ")
                .endsWith(", weight 0.9");
    }

    @Test
    void shouldTrainAgainWhatAKilledTrainerHadBegun() throws Exception {
        // Given a request whose training is under way
        try (ChildProcess trainer = startTrainer("killed")) {
            awaitVersion(trainer, "killed", 1);
            send(TrainingRequest.newBuilder(request("long", "killed"))
                    .setEpochs(1_000)
                    .build());
            awaitSeries("hemline_training_epochs", 1_000);
            // When it is killed
        }
        send(request("short", "killed"));

        // Then another begins it anew, before those that came later
        try (ChildProcess trainer = startTrainer("killed")) {
            awaitSeries("hemline_training_epochs", 1_000);
            trainer.requireRunning();
        }
        assertThat(versions("killed").versions()).hasSize(1);
    }

    @Test
    void shouldKeepTheNewestVersionsAndThePinnedOne() throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            publishUntrained("kept", seed, 0.05);
        }
        assertThat(CommandLineApp.run(
                        new ModelsCommand(),
                        "pin",
                        "2",
                        "--model",
                        "kept",
                        "--bootstrap-servers",
                        BROKER.bootstrapServers()))
                .isZero();

        try (ChildProcess trainer = startTrainer("kept", "--at-start", "--keep-versions", "2")) {
            awaitVersion(trainer, "kept", 5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(versions("kept").versions()).containsOnlyKeys(2, 4, 5));
        }
        assertThat(versions("kept").highest()).isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatIsWorseThanWhatServesUnlessForced() throws Exception {
        // Given an untrained version that claims to be right nearly always, and what takes its place
        publishUntrained("guarded", 1, 0.99);
        assertThat(train("guarded", "--epochs", "4", "--threads", "1")).isZero();
        int serving = versions("guarded").highest();
        assertThat(serving).isGreaterThan(1);
        assertThat(training(versions("guarded"), serving)).containsEntry("gate", "published");

        // When another has learnt less
        String[] less = {"--epochs", "1", "--limit", "64", "--batch-size", "64", "--threads", "1"};
        assertThat(train("guarded", less)).isZero();

        // Then it is published only if somebody insists
        assertThat(versions("guarded").highest()).isEqualTo(serving);
        assertThat(train(
                        "guarded",
                        Stream.concat(Stream.of(less), Stream.of("--force")).toArray(String[]::new)))
                .isZero();
        assertThat(training(versions("guarded"), serving + 1)).containsEntry("gate", "forced");
    }

    @Test
    void shouldTrainOnPicturesOfAnotherSizeWithTheClassesOfTheirFolders() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (String shade : List.of("dark", "light", "medium")) {
            draw(pictures.resolve(shade), shade);
        }

        int exitCode = CommandLineApp.run(
                new TrainCommand(),
                "--bootstrap-servers",
                BROKER.bootstrapServers(),
                "--model-name",
                "shades",
                "--data",
                pictures.toString(),
                "--image-size",
                "20x24",
                "--epochs",
                "1",
                "--batch-size",
                "4",
                "--threads",
                "1");

        assertThat(exitCode).isZero();
        ModelManifest manifest = versions("shades").newest().orElseThrow();
        assertThat(manifest.getLabels()).containsExactly("dark", "light", "medium");
        assertThat(manifest.getInput().getWidth()).isEqualTo(20);
        assertThat(manifest.getInput().getHeight()).isEqualTo(24);
        assertThat(manifest.getGolden().getImages().get(0).remaining()).isEqualTo(20 * 24);
    }

    private ChildProcess startTrainer(String model, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                BROKER.bootstrapServers(),
                "--model-name",
                model,
                "--data",
                data.toString(),
                "--epochs",
                "1",
                "--threads",
                "1",
                "--http-port",
                Integer.toString(port)));
        arguments.addAll(List.of(more));
        return ChildProcess.start(
                ChildCommand.of("trainer", "512m", arguments), folder.resolve(model + System.nanoTime() + ".log"));
    }

    private int train(String model, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--bootstrap-servers", BROKER.bootstrapServers(), "--model-name", model));
        if (!List.of(more).contains("--request")) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        arguments.addAll(List.of(more));
        return CommandLineApp.run(new TrainCommand(), arguments.toArray(String[]::new));
    }

    private static TrainingRequest request(String id, String model) {
        return TrainingRequest.newBuilder()
                .setId(id)
                .setRequestedAt(Instant.EPOCH)
                .setRequestedBy("test")
                .setModel(model)
                .setForce(true)
                .build();
    }

    private static void send(TrainingRequest request) {
        RequestQueue.send(BROKER.settings(), request);
    }

    private static void publishUntrained(String name, long seed, double accuracy) throws Exception {
        UntrainedModel model = UntrainedModel.of("tiny", seed);
        try (ModelPublisher publisher =
                ModelPublisher.open(name, BROKER.settings().client(Map.of()))) {
            publisher.publish(
                    model.draft().setEvaluation(new ModelEvaluation("validation", 5_000, accuracy, 1.0)),
                    model.archive());
        }
    }

    private static PublishedVersions versions(String name) {
        return PublishedVersions.read(name, BROKER.settings().client(Map.of()));
    }

    private static Map<String, String> training(PublishedVersions versions, int version) {
        return Objects.requireNonNull(versions.versions().get(version))
                .manifest()
                .getTraining();
    }

    private static void awaitVersion(ChildProcess trainer, String model, int version) {
        await().atMost(PATIENCE).until(() -> {
            trainer.requireRunning();
            return versions(model).highest() >= version;
        });
    }

    /** Every request that has come in so far is behind what the trainer committed. */
    private static void awaitAllHandled(ChildProcess trainer, String model) {
        TopicPartition partition = new TopicPartition(Topics.TRAINING_REQUESTS.name(), 0);
        try (Admin admin = BROKER.clients().admin()) {
            await().atMost(PATIENCE).until(() -> {
                trainer.requireRunning();
                long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                OffsetAndMetadata handled = admin.listConsumerGroupOffsets("hemline-trainer-" + model)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition);
                return handled != null && handled.offset() == end;
            });
        }
    }

    private void awaitSeries(String name, double value) {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                .build();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> HttpClient.newHttpClient()
                        .send(metrics, BodyHandlers.ofString())
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith(name + "{") && line.endsWith(" " + value)));
    }

    private static void draw(Path classFolder, String shade) throws IOException {
        Random random = new Random(1);
        int base = Map.of("dark", 20, "medium", 110, "light", 200).getOrDefault(shade, 0);
        Files.createDirectory(classFolder);
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < 900; pixel++) {
                image.getRaster().setSample(pixel % 30, pixel / 30, 0, base + random.nextInt(40));
            }
            File file = classFolder.resolve(i + ".png").toFile();
            ImageIO.write(image, "png", file);
        }
    }
}

package dev.hemline.quickstart.trainer;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.episodes.EpisodesCommand;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that mends what serves: with what classifiers and people tell on topics, and is killed meanwhile. */
class EpisodeIT {
    private static final String MODEL = "mended";
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldRefreshWhatServesWhenPicturesHaveChangedAlsoWhereItIsKilledMeanwhile() throws Exception {
        // Given a version that serves, a policy that has it refreshed, and a trainer
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        publish();
        policy();
        int port = freePort();
        try (ChildProcess trainer = startTrainer(data, port)) {
            awaitReservoir(trainer, port);

            // When pictures are inverted, which is told, and people label some of them
            Instant onset = Instant.now();
            alarm(onset);
            awaitState(trainer, EpisodeState.LABELLING);
            for (int i = 0; i < 100; i++) {
                inverted("a-" + i, i, 1);
            }
            // and the trainer is killed while it refreshes
            awaitState(trainer, EpisodeState.REFRESHING);
        }
        try (ChildProcess trainer = startTrainer(data, port)) {
            // Then another one does that, once, and the version that comes of it serves
            awaitState(trainer, EpisodeState.WATCHING);
            assertThat(versions().versions()).hasSize(2);
            Map<String, String> training = Objects.requireNonNull(
                            versions().versions().get(2))
                    .manifest()
                    .getTraining();
            assertThat(training)
                    .containsEntry("trigger", "episode")
                    .containsEntry("episode", episode().getId())
                    .containsEntry("refreshed", "v1")
                    .containsEntry("root", "1")
                    .containsEntry("labels", "100");

            // and when labels say that it is right about most of them, the episode is over
            for (int i = 100; i < 180; i++) {
                inverted("b-" + i, i, 2);
            }
            awaitState(trainer, EpisodeState.ENDED);
        }
        assertThat(episode().getSteps().stream().map(EpisodeStep::getKind))
                .containsExactly(
                        EpisodeStepKind.ALARMED,
                        EpisodeStepKind.LABELLED,
                        EpisodeStepKind.REFRESHED,
                        EpisodeStepKind.PROMOTED,
                        EpisodeStepKind.RECOVERED);
        assertThat(CommandLineApp.run(new EpisodesCommand(), "--bootstrap-servers", BROKER.bootstrapServers()))
                .isZero();
    }

    private static void publish() throws Exception {
        var tiny = new ModelFolder(RepositoryFiles.ROOT.resolve("reference-models/tiny"));
        ModelManifest manifest = tiny.manifest();
        try (ModelPublisher publisher =
                ModelPublisher.open(MODEL, BROKER.settings().client(Map.of()))) {
            publisher.publish(ModelManifest.newBuilder(manifest), tiny.archive(manifest));
        }
    }

    private static void policy() {
        assertThat(CommandLineApp.run(
                        new ModelsCommand(),
                        "policy",
                        "immediate",
                        "--refresh",
                        "100",
                        "--model",
                        MODEL,
                        "--bootstrap-servers",
                        BROKER.bootstrapServers()))
                .isZero();
    }

    /** A thousand images to remember by are too few to be held to what was forgotten. */
    private ChildProcess startTrainer(Path data, int port) {
        return ChildProcess.start(
                ChildCommand.of(
                        "trainer",
                        "512m",
                        List.of(
                                "--bootstrap-servers=" + BROKER.bootstrapServers(),
                                "--model-name=" + MODEL,
                                "--data=" + data,
                                "--force",
                                "--http-port=" + port)),
                folder.resolve("trainer" + System.nanoTime() + ".log"));
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void awaitReservoir(ChildProcess trainer, int port) {
        HttpRequest reservoir = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/reservoir"))
                .build();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            trainer.requireRunning();
            return HttpClient.newHttpClient()
                    .send(reservoir, BodyHandlers.ofString())
                    .body()
                    .startsWith("{\"samples\":0,");
        });
    }

    /** What a classifier would tell of an inverted picture, and what a person says of it. */
    private static void inverted(String id, int image, int version) throws Exception {
        int place = image % IMAGES.size();
        byte[] pixels = Corruption.invert()
                .apply(IMAGES.image(place), IMAGES.width(), IMAGES.height(), new SplittableRandom(1));
        int label = IMAGES.label(place);
        // What does not know them says Bag; what does is right.
        List<Float> probabilities = new ArrayList<>(Collections.nCopies(10, 0f));
        probabilities.set(version == 1 ? 8 : label, 1f);
        send(
                Topics.SAMPLES,
                id,
                Sample.newBuilder()
                        .setId(id)
                        .setSource("shop")
                        .setChannels(1)
                        .setHeight(IMAGES.height())
                        .setWidth(IMAGES.width())
                        .setPixels(ByteBuffer.wrap(pixels))
                        .setProbabilities(probabilities)
                        .setModelName(MODEL)
                        .setModelVersion(version)
                        .setShare(1)
                        .setCapturedAt(Instant.now())
                        .setClassifiedAt(Instant.now())
                        .build());
        send(Topics.GROUND_TRUTH, id, new GroundTruth(id, label, Instant.now(), "somebody"));
    }

    private static void alarm(Instant since) throws Exception {
        send(
                Topics.DRIFT,
                MODEL + "/v000001/shop",
                Drift.newBuilder()
                        .setModelName(MODEL)
                        .setModelVersion(1)
                        .setSource("shop")
                        .setState(DriftState.ALARM)
                        .setKind(DriftKind.PICTURES)
                        .setReference(DriftReference.LIVE)
                        .setSinceId("a-0")
                        .setSinceAt(since)
                        .setBefore(2_500)
                        .setResults(50)
                        .setLogEvidence(20)
                        .setLogThreshold(16)
                        .setStrength(2)
                        .setClasses(List.of())
                        .setAt(Instant.now())
                        .build());
    }

    private static <V extends SpecificRecord> void send(Topic<String, V> topic, String key, V value) throws Exception {
        try (var producer = new KafkaProducer<>(
                BROKER.settings().client(Map.of()),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }

    private static void awaitState(ChildProcess trainer, EpisodeState state) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            trainer.requireRunning();
            return episode().getState() == state;
        });
    }

    private static Episode episode() {
        Map<String, Episode> episodes = new LinkedHashMap<>();
        try (TopicReader reader = new TopicReader(BROKER.settings().client(Map.of()))) {
            reader.readAll(
                    Topics.EPISODES,
                    Duration.ofSeconds(10),
                    record ->
                            Topics.EPISODES.value(record).ifPresent(episode -> episodes.put(episode.getId(), episode)));
        }
        assertThat(episodes).hasSize(1);
        return episodes.values().iterator().next();
    }

    private static PublishedVersions versions() {
        return PublishedVersions.read(MODEL, BROKER.settings().client(Map.of()));
    }
}

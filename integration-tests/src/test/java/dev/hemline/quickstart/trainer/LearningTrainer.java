package dev.hemline.quickstart.trainer;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import dev.hemline.event.LabelRequest;
import dev.hemline.event.LabellerState;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A trainer that learns from live traffic, and what classifiers and people tell it on topics. */
final class LearningTrainer implements AutoCloseable {
    static final String MODEL = "mended";
    static final Path TINY = RepositoryFiles.ROOT.resolve("reference-models/tiny");

    private final TestBroker broker;
    private final int port = FreePort.any();
    private final KafkaProducer<byte[], byte[]> producer;
    private ChildProcess process;

    private LearningTrainer(TestBroker broker, Path folder, String... flags) {
        this.broker = broker;
        this.producer = broker.clients().bytesProducer();
        this.process = running(folder, flags);
    }

    /** With tiny as the version that serves, which is refreshed with so many labels, and whatever comes of it serves. */
    static LearningTrainer start(TestBroker broker, Path folder, int labels, String... flags) throws Exception {
        publish(broker);
        assertThat(CommandLineApp.run(
                        new ModelsCommand(),
                        "policy",
                        "immediate",
                        "--refresh",
                        Integer.toString(labels),
                        "--model",
                        MODEL,
                        "--bootstrap-servers",
                        broker.bootstrapServers()))
                .isZero();
        return new LearningTrainer(broker, folder, flags);
    }

    private static void publish(TestBroker broker) throws Exception {
        var tiny = new ModelFolder(TINY);
        ModelManifest manifest = tiny.manifest();
        try (ModelPublisher publisher =
                ModelPublisher.open(MODEL, broker.settings().client(Map.of()))) {
            publisher.publish(ModelManifest.newBuilder(manifest), tiny.archive(manifest));
        }
    }

    /** SIGKILL, and another one. */
    void killAndStart(Path folder, String... flags) {
        process.close();
        process = running(folder, flags);
    }

    private ChildProcess running(Path folder, String... flags) {
        List<String> all = Stream.concat(
                        Stream.of(
                                "--bootstrap-servers=" + broker.bootstrapServers(),
                                "--model-name=" + MODEL,
                                "--http-port=" + port),
                        Stream.of(flags))
                .toList();
        ChildProcess started = ChildProcess.start(
                ChildCommand.of("trainer", "768m", all), folder.resolve("trainer" + System.nanoTime() + ".log"));
        HttpRequest kept = HttpRequest.newBuilder(URI.create(reservoir())).build();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            started.requireRunning();
            return HttpClient.newHttpClient()
                            .send(kept, BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        });
        return started;
    }

    /** Where it tells what it keeps. */
    String reservoir() {
        return "http://localhost:" + port + "/reservoir";
    }

    @Override
    public void close() {
        producer.close();
        process.close();
    }

    /**
     * What a classifier tells of a picture that it has answered.
     *
     * @param pixels 28 × 28
     * @param probabilities of the ten classes
     */
    Sample sample(String id, String source, byte[] pixels, List<Float> probabilities, int version, Instant at) {
        Sample sample = Sample.newBuilder()
                .setId(id)
                .setSource(source)
                .setChannels(1)
                .setHeight(28)
                .setWidth(28)
                .setPixels(ByteBuffer.wrap(pixels))
                .setProbabilities(probabilities)
                .setModelName(MODEL)
                .setModelVersion(version)
                .setShare(1)
                .setCapturedAt(at)
                .setClassifiedAt(at)
                .build();
        send(Topics.SAMPLES, id, sample);
        return sample;
    }

    /** Somebody is asked what a sample shows. */
    void ask(Sample sample) {
        send(
                Topics.LABEL_REQUESTS,
                sample.getId(),
                LabelRequest.newBuilder()
                        .setId(sample.getId())
                        .setSource(sample.getSource())
                        .setReason(RequestReason.DRIFTED)
                        .setModelName(MODEL)
                        .setModelVersion(sample.getModelVersion())
                        .setClasses(10)
                        .setPredicted(0)
                        .setMargin(0)
                        .setSamplePartition(0)
                        .setSampleOffset(0)
                        .setRequestedAt(Instant.now())
                        .build());
    }

    void label(String id, int label, String by) {
        send(Topics.GROUND_TRUTH, id, new GroundTruth(id, label, Instant.now(), by));
    }

    /** Pictures of version 1 have changed since then. */
    void alarm(String source, Instant since) {
        send(
                Topics.DRIFT,
                MODEL + "/v000001/" + source,
                Drift.newBuilder()
                        .setModelName(MODEL)
                        .setModelVersion(1)
                        .setSource(source)
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

    private <V extends SpecificRecord> void send(Topic<String, V> topic, String key, V value) {
        byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
        var unused = producer.send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), bytes));
    }

    void awaitState(EpisodeState state) {
        awaitEpisode(episode -> episode.getState() == state);
    }

    /** One of these steps has been taken. */
    void awaitStep(EpisodeStepKind... kinds) {
        awaitEpisode(
                episode -> episode.getSteps().stream().map(EpisodeStep::getKind).anyMatch(List.of(kinds)::contains));
    }

    private void awaitEpisode(Predicate<Episode> wanted) {
        await().atMost(PATIENCE).until(() -> {
            process.requireRunning();
            return episodes().stream().anyMatch(wanted);
        });
    }

    /** The one that there is. */
    Episode episode() {
        assertThat(episodes()).hasSize(1);
        return episodes().get(0);
    }

    private List<Episode> episodes() {
        Map<String, Episode> newest = new TreeMap<>();
        broker.clients().readValues(Topics.EPISODES).forEach(episode -> newest.put(episode.getId(), episode));
        return List.copyOf(newest.values());
    }

    /** What was said of labellers last, by name. */
    Map<String, LabellerState> labellers() {
        Map<String, LabellerState> newest = new TreeMap<>();
        broker.clients()
                .readValues(Topics.LABELLERS)
                .forEach(labeller -> newest.put(labeller.getName(), labeller.getState()));
        return newest;
    }

    PublishedVersions versions() {
        return PublishedVersions.read(MODEL, broker.settings().client(Map.of()));
    }
}

package dev.hemline.quickstart.doors;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hemline.event.Classification;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.quickstart.doors.RightsPage.Row;
import dev.hemline.quickstart.stream.TestModels;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.access.RequiredAcl;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.SecuredBroker;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.LaterRelease;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every program does its work with the rights that docs/security.md lists, on a broker that refuses all others, and makes
 * use of each of them; and says which one it misses when one is taken away. The classifier comes early: its dead letters
 * are what others work on.
 */
@TestMethodOrder(OrderAnnotation.class)
class LeastPrivilegeIT {
    private static final int EVENTS = 60;

    @RegisterExtension
    static final SecuredBroker BROKER = new SecuredBroker();

    @TempDir
    static Path folder;

    private static RightsPage page;

    @BeforeAll
    static void makeTopicsAndModelsAndUsers() throws Exception {
        page = RightsPage.read();
        FashionMnistFixture.copyInto(Files.createDirectory(folder.resolve("data")));
        KafkaTopics.ensure(BROKER.admin(), Topics.ALL);
        for (int seed = 1; seed <= 3; seed++) {
            TestModels.publish(BROKER.admin(), seed);
        }
        writeAsALaterReleaseDoes();
        for (String program : page.programs().keySet()) {
            BROKER.add(user(program));
            var file = new Properties();
            file.putAll(BROKER.client(user(program)));
            // What was read of scores' own topics is deleted twice a minute otherwise.
            file.put("repartition.purge.interval.ms", "1000");
            try (var out = Files.newOutputStream(config(program))) {
                file.store(out, null);
            }
        }
    }

    /** A version over one that is there, and a result before all others of each partition: whoever reads has to know its schema. */
    private static void writeAsALaterReleaseDoes() throws Exception {
        Map<String, Object> client = BROKER.admin().client(Map.of());
        SchemaTopic.put(
                client,
                Stream.of(
                                ModelManifest.getClassSchema(),
                                Classification.getClassSchema(),
                                Episode.getClassSchema(),
                                Labeller.getClassSchema())
                        .map(LaterRelease::schema)
                        .toList());
        ModelManifest newest =
                PublishedVersions.read("fashion-mnist", client).newest().orElseThrow();
        byte[] result = LaterRelease.encode(new Classification(
                "later",
                "it",
                1,
                "b",
                0.7f,
                List.of(0.3f, 0.7f),
                newest.getName(),
                newest.getVersion(),
                "0123456789ab",
                Instant.now(),
                Instant.now(),
                false));
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            String key = new ModelKey.Manifest(newest.getName(), newest.getVersion()).toString();
            producer.send(new ProducerRecord<>(Topics.MODELS.name(), key, LaterRelease.encode(newest)))
                    .get();
            producer.send(new ProducerRecord<>(
                            Topics.EPISODES.name(), "later", LaterRelease.encode(episode("later", "another"))))
                    .get();
            producer.send(new ProducerRecord<>(Topics.LABELLERS.name(), "later", LaterRelease.encode(laterLabeller())))
                    .get();
            for (int partition = 0; partition < Topics.CLASSIFICATIONS.partitions(); partition++) {
                producer.send(new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), partition, "later", result))
                        .get();
            }
        }
    }

    private static String user(String program) {
        return program.replace(' ', '-');
    }

    private static Path config(String program) {
        return folder.resolve(user(program) + ".properties");
    }

    private static RunningVerb start(String program, List<RequiredAcl> rights, String... more) throws Exception {
        BROKER.allow(user(program), rights);
        List<String> arguments = new ArrayList<>(List.of(program.split(" ", -1)));
        arguments.addAll(List.of("--bootstrap-servers", BROKER.bootstrapServers()));
        arguments.addAll(List.of("--kafka-config", config(program).toString()));
        arguments.addAll(List.of(more));
        return RunningVerb.start(arguments);
    }

    private static List<RequiredAcl> all(List<Row> rows) {
        return rows.stream().map(Row::right).toList();
    }

    private static List<RequiredAcl> without(List<Row> rows, Row taken) {
        return rows.stream().filter(row -> !row.equals(taken)).map(Row::right).toList();
    }

    /** Runs a program to its end with exactly these rights. */
    private static void run(String program, List<Row> rows, String... more) throws Exception {
        try (RunningVerb verb = start(program, all(rows), more)) {
            assertThat(verb.exitCode()).as(verb.said()).isZero();
            assertThat(verb.said()).doesNotContain("is missing");
        }
    }

    private static void assertUsesAllItsRights(String program) {
        assertThat(unused(program))
                .as("rights that " + program + " has made no use of")
                .isEmpty();
    }

    private static List<RequiredAcl> unused(String program) {
        return all(page.of(program)).stream()
                .filter(right -> !BROKER.hasUsed(user(program), right))
                .toList();
    }

    /** Takes a right away from a program whose end that is. */
    private static void refuse(String program, List<Row> rows, Row row, String... more) throws Exception {
        try (RunningVerb verb = start(program, without(rows, row), more)) {
            assertThat(verb.exitCode()).as(verb.said()).isEqualTo(1);
            assertThat(refusal(verb)).contains(row.named()).contains("docs/security.md");
        }
    }

    /** The line that a person gets to read. */
    private static String refusal(RunningVerb verb) {
        return verb.said()
                .lines()
                .filter(line -> line.contains(" refuses: "))
                .findFirst()
                .orElseGet(() -> "no refusal in: " + verb.said());
    }

    @Order(1)
    @Test
    void shouldProduceWithItsRights() throws Exception {
        List<Row> rows = page.of("produce");
        run("produce", notOnlyFor("--run", rows), producing());
        run("produce", rows, producing("--run", "once"));
        try (RunningVerb verb =
                start("produce", all(rows), "--rate", "5", "--labels", "requested:0", "--data", data())) {
            verb.awaitEndOr(() -> unused("produce").isEmpty());
            assertThat(verb.stop()).as(verb.said()).isZero();
        }

        assertUsesAllItsRights("produce");
    }

    private static List<Row> notOnlyFor(String flag, List<Row> rows) {
        return rows.stream().filter(row -> !row.isOnlyFor(flag)).toList();
    }

    private static String[] producing(String... more) {
        String[] flags = {
            "--rate", "0", "--count", "" + EVENTS, "--labels", "late:0", "--bad-ratio", "0.1", "--data", data()
        };
        return Stream.of(flags, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String data() {
        return folder.resolve("data").toString();
    }

    @Order(2)
    @Test
    void shouldClassifyWithItsRights() throws Exception {
        List<Row> rows = page.of("classifier");
        int port = FreePort.any();
        tellOfExperiment();
        tellOfEpisode();
        sendComparedEvent();
        try (TopicReader ends = new TopicReader(BROKER.admin().client(Map.of()))) {
            Map<Topic<?, ?>, Long> before = written(ends);
            try (RunningVerb verb = startClassifier(all(rows), port);
                    InputStream watching = watch(verb, port)) {
                assertThat(watching).isNotNull();
                // 202 where the answer takes longer than the page waits.
                verb.awaitEndOr(() -> drop(port) == 200);
                verb.awaitEndOr(() -> label(port) == 204);
                verb.awaitEndOr(() -> unused("classifier").isEmpty()
                        && written(ends).entrySet().stream()
                                .allMatch(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L)));
                assertUsesAllItsRights("classifier");
                assertThat(verb.stop()).as(verb.said()).isZero();
                assertThat(verb.said()).doesNotContain("is missing").doesNotContain("Not authorized");
            }
        }
    }

    private static Episode episode(String id, String model) {
        return Episode.newBuilder()
                .setId(id)
                .setModelName(model)
                .setModelVersion(1)
                .setCause(EpisodeCause.ACCURACY)
                .setOnsetAt(Instant.EPOCH)
                .setBegunAt(Instant.EPOCH)
                .setLabelsWanted(1)
                .setState(EpisodeState.LABELLING)
                .setSteps(List.of())
                .setChangedAt(Instant.EPOCH)
                .build();
    }

    private static Labeller laterLabeller() {
        return Labeller.newBuilder()
                .setName("later")
                .setState(LabellerState.BELIEVED)
                .setReason("")
                .setBy("it")
                .setChangedAt(Instant.EPOCH)
                .build();
    }

    /** Of a version that does not serve any more, so that the trainer says that it is over; and of drift. */
    private static void tellOfEpisode() throws Exception {
        Episode episode = episode("of-before", "fashion-mnist");
        byte[] noDrift = new byte[] {1};
        try (var producer = new KafkaProducer<>(
                BROKER.admin().client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.EPISODES.name(),
                            episode.getId(),
                            EventSerde.of(Episode.class).encode(episode)))
                    .get();
            producer.send(new ProducerRecord<>(Topics.DRIFT.name(), "none", noDrift))
                    .get();
        }
    }

    /** Who says of a dozen pictures otherwise than two others, so that the trainer says that nobody is to believe that. */
    private static void tellOfLiar() throws Exception {
        for (int i = 0; i < 12; i++) {
            String id = "labelled-" + i;
            send(
                    Topics.SAMPLES,
                    id,
                    Sample.newBuilder()
                            .setId(id)
                            .setSource("it")
                            .setChannels(1)
                            .setHeight(28)
                            .setWidth(28)
                            .setPixels(ByteBuffer.allocate(28 * 28))
                            .setProbabilities(Collections.nCopies(10, 0.1f))
                            .setModelName("fashion-mnist")
                            .setModelVersion(1)
                            .setShare(1)
                            .setCapturedAt(Instant.now())
                            .setClassifiedAt(Instant.now())
                            .build());
            for (String by : List.of("ann", "bob", "liar")) {
                send(Topics.GROUND_TRUTH, id, new GroundTruth(id, by.equals("liar") ? 1 : 0, Instant.now(), by));
            }
        }
    }

    /** Of the version that serves, so that the page looks for pictures of it. */
    private static void tellOfExperiment() throws Exception {
        ExperimentStanding standing = new ExperimentStanding(
                "fashion-mnist",
                3,
                1,
                ExperimentPhase.TRIAL,
                1L,
                0L,
                9L,
                200,
                0d,
                3d,
                0d,
                3.7,
                List.of(),
                null,
                Instant.now(),
                Instant.now(),
                Instant.now());
        ExperimentDecision decision = ExperimentDecision.newBuilder()
                .setModelName("fashion-mnist")
                .setCandidate(2)
                .setIncumbent(1)
                .setPhase(ExperimentPhase.TRIAL)
                .setOutcome(ExperimentOutcome.REJECTED)
                .setReason(ExperimentReason.OUT_OF_TIME)
                .setLogEValue(0)
                .setAlpha(0.05)
                .setMargin(0)
                .setSegmentMargin(0.1)
                .setChallengerAlone(0)
                .setChampionAlone(0)
                .setAlike(0)
                .setSegments(List.of())
                .setDisagreements(List.of())
                .setDecidedAt(Instant.now())
                .build();
        send(Topics.EXPERIMENTS, "fashion-mnist/v000001/v000003", standing);
        send(Topics.EXPERIMENT_DECISIONS, "fashion-mnist", decision);
    }

    private static <V> void send(Topic<String, V> topic, String key, V value) throws Exception {
        byte[] bytes = topic.valueSerde().serializer().serialize("", value);
        try (var producer = new KafkaProducer<>(
                BROKER.admin().client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get();
        }
    }

    @Order(2)
    @Test
    void shouldChallengeWithItsRights() throws Exception {
        List<Row> steering = page.of("models challenge");
        run("models pin", page.of("models pin"), "v3");
        int refused = TestModels.publishBroken(BROKER.admin(), 6).getVersion();
        run("models challenge", steering, "v" + refused);
        run("models policy", page.of("models policy"), "challenger");
        run("labellers quarantine", page.of("labellers quarantine"), "somebody");
        sendComparedEvent();
        try (RunningVerb verb = startChallenger(all(page.of("classifier --challenger")))) {
            verb.awaitEndOr(() -> verb.said().contains("Refused fashion-mnist v" + refused));
            run("models challenge", steering, "v1");
            verb.awaitEndOr(() -> unused("classifier --challenger").isEmpty());
            verb.awaitEndOr(() -> !PublishedVersions.read(
                            "fashion-mnist", BROKER.admin().client(Map.of()))
                    .isChallenger(1));
            assertUsesAllItsRights("classifier --challenger");
            assertThat(verb.stop()).as(verb.said()).isZero();
            assertThat(verb.said()).doesNotContain("is missing").doesNotContain("Not authorized");
        }
        run("models policy", page.of("models policy"), "immediate");
        run("models reject", page.of("models reject"));
        run("models retire", page.of("models retire"), "v" + refused);
        run("models unpin", page.of("models unpin"));
    }

    /** An event that two versions have answered, and its label: where one is all that is waited for, it decides. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing waits for both
    private static void sendComparedEvent() {
        byte[] shadow = Topics.SHADOW_CLASSIFICATIONS
                .valueSerde()
                .serializer()
                .serialize(
                        "",
                        new Classification(
                                "compared",
                                "it",
                                1,
                                "b",
                                0.7f,
                                List.of(0.3f, 0.7f),
                                "fashion-mnist",
                                1,
                                "0123456789ab",
                                Instant.now(),
                                Instant.now(),
                                false));
        byte[] score = Topics.SCORES
                .valueSerde()
                .serializer()
                .serialize("", new Score("compared", "fashion-mnist", 3, 0, 1, 0.7f, 0L, null, "it", "it"));
        try (var producer = new KafkaProducer<>(
                BROKER.admin().client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.SHADOW_CLASSIFICATIONS.name(), "compared", shadow));
            producer.send(new ProducerRecord<>(Topics.SCORES.name(), "compared", score));
        }
    }

    private static RunningVerb startChallenger(List<RequiredAcl> rights) throws Exception {
        return start(
                "classifier --challenger",
                rights,
                "--share",
                "1",
                "--fewest-labels",
                "1",
                "--most-labels",
                "1",
                "--probation-labels",
                "1",
                "--http-port",
                Integer.toString(FreePort.any()),
                "--state-dir",
                Files.createTempDirectory(folder, "state").toString());
    }

    /** With something to do, and without waiting for those who were there before. */
    private static RunningVerb startClassifier(List<RequiredAcl> rights, int port) throws Exception {
        forgetMembers("hemline-classifier");
        forgetMembers("hemline-classifier-scores");
        forgetMembers("hemline-classifier-requests");
        var events = new ProducerSettings(0, 20, ImageEncoding.GRAY8, 7, 0.3, LabelDelivery.parse("late:0"), "it");
        new ImageEventProducer(events, FashionMnistFixture.load().test(), BROKER.admin(), new SimpleMeterRegistry())
                .run(() -> false);
        return start(
                "classifier",
                rights,
                "--http-port",
                Integer.toString(port),
                "--sample-share",
                "1",
                "--label-requests",
                "2400",
                "--state-dir",
                Files.createTempDirectory(folder, "state").toString());
    }

    private static void forgetMembers(String group) throws InterruptedException {
        try {
            BROKER.administrator()
                    .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            // Nobody is in it, or there is no such group.
            assertThat(e).hasMessageNotContaining("uthoriz");
        }
    }

    /** Makes the topics of what observes missing again. */
    private static void forgetScores() throws Exception {
        Admin admin = BROKER.administrator();
        List<String> own = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith("hemline-classifier-scores-")
                        || topic.startsWith("hemline-classifier-requests-"))
                .toList();
        admin.deleteTopics(own).all().get();
    }

    private static void awaitHttp(RunningVerb verb, int port) {
        verb.awaitEndOr(() -> {
            var live = (HttpURLConnection) address(port, "/health/live").toURL().openConnection();
            return live.getResponseCode() == 200;
        });
    }

    private static InputStream watch(RunningVerb verb, int port) throws IOException {
        awaitHttp(verb, port);
        return address(port, "/page/live").toURL().openStream();
    }

    private static int drop(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(port, "/page/pictures"))
                .header("Origin", "http://localhost:" + port)
                .POST(BodyPublishers.ofFile(picture()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** The status of a label that is given, or of the question for a picture where none is asked for. */
    private static int label(int port) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> next = client.send(
                HttpRequest.newBuilder(address(port, "/page/labels/next?desk=it"))
                        .build(),
                BodyHandlers.ofString());
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(next.body());
        if (!id.find()) {
            return next.statusCode();
        }
        String answer = "{\"id\":\"%s\",\"label\":1,\"by\":\"it\"}".formatted(id.group(1));
        return client.send(
                        HttpRequest.newBuilder(address(port, "/page/labels"))
                                .header("Origin", "http://localhost:" + port)
                                .POST(BodyPublishers.ofString(answer))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static URI address(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static Path picture() throws IOException {
        Path file = folder.resolve("black.png");
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return file;
    }

    /** How much stands on each topic that a classifier writes. */
    private static Map<Topic<?, ?>, Long> written(TopicReader ends) {
        return Stream.of(
                        Topics.CLASSIFICATIONS,
                        Topics.IMAGE_EVENTS_DLQ,
                        Topics.SCORES,
                        Topics.SAMPLES,
                        Topics.LABEL_REQUESTS,
                        Topics.MODEL_STATUS,
                        Topics.MODEL_ATTEMPTS)
                .collect(toMap(
                        topic -> topic,
                        topic -> ends.stableEnds(List.of(topic)).values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
    }

    @Order(3)
    @Test
    void shouldReplayWithItsRights() throws Exception {
        List<Row> rows = page.of("rejects replay");
        pointToAnEvent();
        // The first makes the topic of receipts, which the second reads.
        run("rejects replay", rows, "--all");
        run("rejects replay", rows, "--all");

        assertUsesAllItsRights("rejects replay");
    }

    /** Writes a dead letter that left out its event. */
    private static void pointToAnEvent() throws Exception {
        var letter = new ProducerRecord<byte[], byte[]>(Topics.IMAGE_EVENTS_DLQ.name(), null);
        Map.of(
                        DeadLetterHeaders.REASON, "too-large",
                        DeadLetterHeaders.LEFT_OUT, "value",
                        DeadLetterHeaders.TOPIC, Topics.IMAGE_EVENTS.name(),
                        DeadLetterHeaders.PARTITION, "0",
                        DeadLetterHeaders.OFFSET, "0")
                .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
        try (var producer = new KafkaProducer<>(
                BROKER.admin().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(letter).get();
        }
    }

    @Order(4)
    @TestFactory
    Stream<DynamicTest> shouldReadAndSteerWithItsRights() throws Exception {
        return readersAndSteerers("v2", "v1", letter()).entrySet().stream()
                .map(program -> dynamicTest(program.getKey(), () -> {
                    if (program.getKey().equals("models reject")) {
                        run("models challenge", page.of("models challenge"), "v1");
                    }
                    run(program.getKey(), page.of(program.getKey()), program.getValue());
                    assertUsesAllItsRights(program.getKey());
                }));
    }

    /** What programs are to do, in an order in which they can. */
    private static Map<String, String[]> readersAndSteerers(String version, String old, String letter)
            throws IOException {
        Map<String, String[]> programs = new LinkedHashMap<>();
        programs.put("watch", new String[] {"--from-beginning", "--count", "1"});
        Path archive = folder.resolve("untrained.pt");
        Files.write(archive, UntrainedModel.of("tiny", 4).archive());
        programs.put("episodes", new String[] {});
        programs.put("labellers list", new String[] {});
        programs.put("labellers quarantine", new String[] {"somebody"});
        programs.put("labellers lift", new String[] {"somebody", "--reason", "a drill"});
        programs.put("models publish", new String[] {
            archive.toString(), "--model", "fashion-mnist", "--labels", "a,b,c,d,e,f,g,h,i,j", "--input", "1x28x28"
        });
        programs.put("models list", new String[] {});
        programs.put("models show", new String[] {version});
        programs.put("models experiments", new String[] {});
        programs.put("models pin", new String[] {version});
        programs.put("models unpin", new String[] {});
        programs.put("models rollback", new String[] {});
        programs.put("models policy", new String[] {"immediate"});
        programs.put("models challenge", new String[] {version});
        programs.put("models promote", new String[] {});
        programs.put("models reject", new String[] {});
        programs.put("predict", new String[] {picture().toString()});
        programs.put("evaluate", new String[] {version, "--data", data()});
        programs.put("models retire", new String[] {old});
        programs.put("rejects list", new String[] {});
        programs.put("rejects show", new String[] {letter});
        return programs;
    }

    /** One that the classifier has written; what one that was ended on its way wrote does not count. */
    private static String letter() {
        String topic = Topics.IMAGE_EVENTS_DLQ.name();
        try (var consumer = new KafkaConsumer<>(
                BROKER.admin().client(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return await().atMost(PATIENCE)
                    .until(
                            () -> StreamSupport.stream(
                                            consumer.poll(Duration.ofMillis(500))
                                                    .spliterator(),
                                            false)
                                    .map(letter -> letter.partition() + "@" + letter.offset())
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    @Order(5)
    @Test
    void shouldTrainWithItsRights() throws Exception {
        List<Row> rows = page.of("train");
        run("train", notOnlyFor("--request", rows), training());
        run("train", asking(rows), "--request");

        assertUsesAllItsRights("train");
    }

    private static List<Row> asking(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.isOnlyFor("--request") || row.right().name().equals(Topics.SCHEMAS.name()))
                .toList();
    }

    private static String[] training() {
        return new String[] {"--data", data(), "--epochs", "1", "--batch-size", "32", "--force"};
    }

    @Order(6)
    @Test
    void shouldTrainAgainAndAgainWithItsRights() throws Exception {
        tellOfEpisode();
        tellOfExperiment();
        tellOfLiar();
        try (RunningVerb verb = startTrainer(all(page.of("trainer")))) {
            // Somebody has asked for a training before.
            verb.awaitEndOr(() -> verb.said().split("Waiting for requests", -1).length > 2);
            verb.awaitEndOr(() -> unused("trainer").isEmpty());
            assertThat(verb.stop()).as(verb.said()).isZero();
            assertThat(verb.said()).contains("Retired old versions").doesNotContain("authoriz");
        }
        assertUsesAllItsRights("trainer");
    }

    private static RunningVerb startTrainer(List<RequiredAcl> rights) throws Exception {
        return start(
                "trainer",
                rights,
                "--data",
                data(),
                "--at-start",
                "--epochs",
                "1",
                "--batch-size",
                "32",
                "--force",
                "--keep-versions",
                "1");
    }

    /** One right on a topic, one on a transactional id, and one whose absence does not end the program. */
    @Order(7)
    @Test
    void shouldSayWhichRightIsMissing() throws Exception {
        List<Row> watch = page.of("watch");
        List<Row> rollback = page.of("models rollback");
        List<Row> classifier = page.of("classifier");

        refuse("watch", watch, watch.get(0));
        refuse("models rollback", rollback, on(ResourceType.TRANSACTIONAL_ID, rollback));
        classifierWithout(
                classifier,
                classifier.stream()
                        .filter(row -> row.without().equals("does not score"))
                        .findFirst()
                        .orElseThrow());
    }

    private static Row on(ResourceType resource, List<Row> rows) {
        return rows.stream()
                .filter(row -> row.right().resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    /** Takes each right away whose absence is to be noticed, from every program. */
    @Order(8)
    @Tag("long")
    @TestFactory
    Stream<DynamicTest> shouldSayOfEachRightThatItIsMissing() throws Exception {
        List<Row> produce = page.of("produce");
        List<Row> classifier = page.of("classifier");
        List<Row> train = page.of("train");
        List<Row> trainer = page.of("trainer");
        String version = "v" + publishAgain();
        // Where nothing is pinned, to unpin takes no right to write.
        Map<String, DynamicTest> before = Map.of(
                "models unpin",
                dynamicTest("somebody pins", () -> run("models pin", page.of("models pin"), version)),
                "models rollback",
                dynamicTest("somebody unpins", () -> run("models unpin", page.of("models unpin"))),
                "models promote",
                dynamicTest(
                        "somebody challenges", () -> run("models challenge", page.of("models challenge"), version)));
        Stream<DynamicTest> readAndSteer =
                readersAndSteerers(version, "v" + publishAgain(), letter()).entrySet().stream()
                        .flatMap(program -> Stream.concat(
                                Stream.ofNullable(before.get(program.getKey())),
                                refusals(program.getKey(), page.of(program.getKey()), program.getValue())));
        return Stream.of(
                        refusals("produce", notOnlyFor("--run", produce), producing()),
                        refusals("produce", produce, producing("--run", "again")),
                        readAndSteer,
                        replayRefusals(),
                        refusals("train", notOnlyFor("--request", train), training()),
                        refusals("train", asking(train), "--request"),
                        classifier.stream()
                                .map(row -> dynamicTest(
                                        "classifier without " + row.right(), () -> classifierWithout(classifier, row))),
                        trainer.stream()
                                .map(row -> dynamicTest(
                                        "trainer without " + row.right(), () -> trainerWithout(trainer, row))))
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicTest> refusals(String program, List<Row> rows, String... more) {
        return rows.stream()
                .filter(row -> row.without().equals("ends"))
                .map(row -> dynamicTest(program + " without " + row.right(), () -> refuse(program, rows, row, more)));
    }

    /** A version that nobody has retired, and no pin. */
    private static int publishAgain() throws Exception {
        int version = TestModels.publish(BROKER.admin(), 5).getVersion();
        run("models unpin", page.of("models unpin"));
        return version;
    }

    private static Stream<DynamicTest> replayRefusals() throws Exception {
        List<Row> rows = page.of("rejects replay");
        // As long as nobody has replayed anything, the topic of receipts is to be made.
        BROKER.administrator()
                .deleteTopics(List.of(Topics.IMAGE_EVENTS_REPLAYS.name()))
                .all()
                .get();
        return Stream.of(
                        refusals("rejects replay", rows, "--all").limit(1),
                        Stream.of(dynamicTest("somebody replays", LeastPrivilegeIT::writeReceipt)),
                        refusals("rejects replay", rows, "--all").skip(1))
                .flatMap(tests -> tests);
    }

    private static void writeReceipt() throws Exception {
        Topic<String, String> receipts = Topics.IMAGE_EVENTS_REPLAYS;
        KafkaTopics.ensure(BROKER.admin(), List.of(receipts));
        try (var producer = new KafkaProducer<>(
                BROKER.admin().client(Map.of()),
                receipts.keySerde().serializer(),
                receipts.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(receipts.name(), "another topic/0@0", "some event"))
                    .get();
        }
    }

    private static void classifierWithout(List<Row> rows, Row row) throws Exception {
        forgetScores();
        int port = FreePort.any();
        try (RunningVerb verb = startClassifier(without(rows, row), port)) {
            switch (row.without()) {
                case "ends" -> {
                    assertThat(verb.exitCode()).as(verb.said()).isEqualTo(1);
                    assertThat(refusal(verb)).contains(row.named()).contains("docs/security.md");
                }
                case "does not score" -> {
                    verb.awaitEndOr(() -> verb.said().contains("Scoring has died"));
                    assertThat(verb.ended()).as(verb.said()).isFalse();
                    assertThat(verb.said().lines())
                            .anySatisfy(
                                    line -> assertThat(line).contains("Scoring has died", " refuses: ", row.named()));
                }
                case "puts no poison aside" -> {
                    awaitHttp(verb, port);
                    assertThat(drop(port)).isEqualTo(200);
                    verb.awaitEndOr(() -> verb.said().contains("Going on without quarantine"));
                    assertThat(verb.said()).contains("Not authorized to access topics: [image-events-attempts]");
                }
                case "shows no pictures" -> {
                    try (InputStream watching = watch(verb, port)) {
                        assertThat(watching).isNotNull();
                        verb.awaitEndOr(() -> verb.said().contains("shows no pictures"));
                        assertThat(verb.said()).contains("Not authorized to access topics: [image-events-dlq]");
                    }
                }
                case "loads models without care" -> {
                    verb.awaitEndOr(() -> verb.said().contains("may do so again and again"));
                    assertThat(verb.said()).contains("Not authorized to access topics: [model-attempts]");
                }
                case "answers 503 to a dropped picture" -> {
                    awaitHttp(verb, port);
                    assertThat(drop(port)).isEqualTo(503);
                    assertThat(verb.said()).contains("Not authorized to access topics: [image-events]");
                }
                case "asks for no labels" -> {
                    verb.awaitEndOr(() -> verb.said().contains("No labels are asked for here"));
                    assertThat(verb.ended()).as(verb.said()).isFalse();
                }
                case "keeps no samples" -> verb.awaitEndOr(() -> verb.said().contains("No samples are kept here"));
                case "shows no pictures at the label desk" -> {
                    awaitHttp(verb, port);
                    verb.awaitEndOr(
                            () -> label(port) == 200 && verb.said().contains("shows no pictures at the label desk"));
                }
                case "answers 503 to a label" -> {
                    awaitHttp(verb, port);
                    verb.awaitEndOr(() -> label(port) == 503);
                }
                case "shows no experiment", "shows no pictures of an experiment" -> {
                    try (InputStream watching = watch(verb, port)) {
                        assertThat(watching).isNotNull();
                        verb.awaitEndOr(() -> verb.said()
                                .contains("Topic authorization failed for topics ["
                                        + row.right().name() + "]"));
                        assertThat(verb.ended()).as(verb.said()).isFalse();
                    }
                }
                default -> assertThat(row.without()).isEqualTo("keeps it for good");
            }
        }
    }

    private static void trainerWithout(List<Row> rows, Row row) throws Exception {
        try (RunningVerb verb = startTrainer(without(rows, row))) {
            verb.awaitEndOr(() -> verb.said().contains(sign(row)));
            assertThat(verb.said()).contains(sign(row));
        }
    }

    private static String sign(Row row) {
        return switch (row.without()) {
            case "tries again" -> "Kafka does not do what is needed; trying again";
            case "says that it retires none" -> "Old versions were not retired";
            default -> row.named();
        };
    }
}

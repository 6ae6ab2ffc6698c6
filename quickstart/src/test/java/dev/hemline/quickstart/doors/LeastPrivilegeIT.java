package dev.hemline.quickstart.doors;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hemline.fashionmnist.FashionMnistFixture;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every program does its work with the rights that docs/security.md lists, on a broker that refuses all others; and says
 * which one it misses when one is taken away. The classifier comes first: its dead letters are what others work on.
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
        for (String program : page.programs().keySet()) {
            BROKER.add(user(program));
            var file = new Properties();
            file.putAll(BROKER.client(user(program)));
            try (var out = Files.newOutputStream(config(program))) {
                file.store(out, null);
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

    /** Takes away each right whose absence ends the program, and then none. */
    private static Stream<DynamicTest> tests(String program, List<Row> rows, String... more) {
        Stream<DynamicTest> taken = rows.stream()
                .filter(row -> row.without().equals("ends"))
                .map(row -> dynamicTest(program + " without " + row.right(), () -> {
                    try (RunningVerb verb = start(program, without(rows, row), more)) {
                        assertThat(verb.exitCode()).as(verb.said()).isEqualTo(1);
                        assertThat(refusal(verb)).contains(row.named()).contains("docs/security.md");
                    }
                }));
        return Stream.concat(taken, Stream.of(dynamicTest(program + " with its rights", () -> {
            try (RunningVerb verb = start(program, all(rows), more)) {
                assertThat(verb.exitCode()).as(verb.said()).isZero();
                assertThat(verb.said()).doesNotContain("is missing");
            }
        })));
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
    @TestFactory
    Stream<DynamicTest> shouldProduceWithItsRights() {
        List<Row> rows = page.of("produce");
        List<Row> without = rows.stream().filter(row -> !row.isOnlyFor("--run")).toList();
        String[] flags = {
            "--rate", "0", "--count", "" + EVENTS, "--labels", "late:0", "--bad-ratio", "0.1", "--data", data()
        };
        return Stream.concat(
                tests("produce", without, flags),
                tests(
                        "produce",
                        rows,
                        Stream.concat(Stream.of(flags), Stream.of("--run", "once"))
                                .toArray(String[]::new)));
    }

    private static String data() {
        return folder.resolve("data").toString();
    }

    @Order(2)
    @TestFactory
    Stream<DynamicTest> shouldClassifyWithItsRights() {
        List<Row> rows = page.of("classifier");
        return Stream.concat(
                rows.stream().flatMap(row -> classifierWithout(rows, row).stream()),
                Stream.of(dynamicTest("classifier with its rights", () -> classifies(rows))));
    }

    private static Optional<DynamicTest> classifierWithout(List<Row> rows, Row row) {
        String name = "classifier without " + row.right();
        return switch (row.without()) {
            case "ends" ->
                Optional.of(dynamicTest(name, () -> {
                    try (RunningVerb verb = startClassifier(without(rows, row), FreePort.any())) {
                        assertThat(verb.exitCode()).as(verb.said()).isEqualTo(1);
                        assertThat(refusal(verb)).contains(row.named()).contains("docs/security.md");
                    }
                }));
            case "does not score" ->
                Optional.of(dynamicTest(name, () -> {
                    forgetScores();
                    try (RunningVerb verb = startClassifier(without(rows, row), FreePort.any())) {
                        verb.awaitEndOr(() -> verb.said().contains("Scoring has ended"));
                        assertThat(verb.ended()).as(verb.said()).isFalse();
                        assertThat(refusal(verb)).contains("Scoring has ended").contains(row.named());
                    }
                }));
            case "shows no pictures" ->
                Optional.of(dynamicTest(name, () -> {
                    int port = FreePort.any();
                    try (RunningVerb verb = startClassifier(without(rows, row), port);
                            InputStream watching = watch(verb, port)) {
                        assertThat(watching).isNotNull();
                        verb.awaitEndOr(() -> verb.said().contains("shows no pictures"));
                        assertThat(verb.said()).contains("Not authorized to access topics: [image-events-dlq]");
                    }
                }));
            case "answers 503 to a dropped picture" ->
                Optional.of(dynamicTest(name, () -> {
                    int port = FreePort.any();
                    try (RunningVerb verb = startClassifier(without(rows, row), port)) {
                        awaitHttp(verb, port);
                        assertThat(drop(port)).isEqualTo(503);
                        assertThat(verb.said()).contains("Not authorized to access topics: [image-events]");
                    }
                }));
            default -> Optional.empty();
        };
    }

    /** With something to do, and without waiting for those who were there before. */
    private static RunningVerb startClassifier(List<RequiredAcl> rights, int port) throws Exception {
        forgetMembers("hemline-classifier");
        forgetMembers("hemline-classifier-scores");
        var events = new ProducerSettings(
                0, 20, ImageEncoding.GRAY8, 7, 0.3, LabelDelivery.parse("late:0"), "it", Optional.empty());
        new ImageEventProducer(events, FashionMnistFixture.load().test(), BROKER.admin(), new SimpleMeterRegistry())
                .run(() -> false);
        return start(
                "classifier",
                rights,
                "--http-port",
                Integer.toString(port),
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

    /** Makes the scores' own topics missing again. */
    private static void forgetScores() throws Exception {
        Admin admin = BROKER.administrator();
        List<String> own = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith("hemline-classifier-scores-"))
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

    private static URI address(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static Path picture() throws IOException {
        Path file = folder.resolve("black.png");
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        return file;
    }

    private static void classifies(List<Row> rows) throws Exception {
        forgetScores();
        int port = FreePort.any();
        try (TopicReader ends = new TopicReader(BROKER.admin().client(Map.of()))) {
            Map<Topic<?, ?>, Long> before = written(ends);
            try (RunningVerb verb = startClassifier(all(rows), port)) {
                awaitHttp(verb, port);
                verb.awaitEndOr(() -> written(ends).entrySet().stream()
                        .allMatch(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L)));
                assertThat(drop(port)).isEqualTo(200);
                assertThat(verb.stop()).as(verb.said()).isZero();
                assertThat(verb.said()).doesNotContain("is missing").doesNotContain("Not authorized");
            }
        }
    }

    /** How much stands on each topic that a classifier writes. */
    private static Map<Topic<?, ?>, Long> written(TopicReader ends) {
        return Stream.of(Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ, Topics.SCORES, Topics.MODEL_STATUS)
                .collect(toMap(
                        topic -> topic,
                        topic -> ends.stableEnds(List.of(topic)).values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
    }

    @Order(3)
    @TestFactory
    Stream<DynamicTest> shouldReadAndSteerWithItsRights() throws IOException {
        return Stream.of(
                        tests("watch", page.of("watch"), "--from-beginning", "--count", "1"),
                        tests("models list", page.of("models list")),
                        tests("models show", page.of("models show"), "v1"),
                        tests("models pin", page.of("models pin"), "v1"),
                        tests("models unpin", page.of("models unpin")),
                        tests("models rollback", page.of("models rollback")),
                        tests("models retire", page.of("models retire"), "v1"),
                        tests("predict", page.of("predict"), picture().toString()),
                        tests("evaluate", page.of("evaluate"), "v3", "--data", data()),
                        tests("rejects list", page.of("rejects list")),
                        tests("rejects show", page.of("rejects show"), letter()))
                .flatMap(tests -> tests);
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
            return await().atMost(Duration.ofSeconds(60))
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

    @Order(4)
    @TestFactory
    Stream<DynamicTest> shouldReplayWithItsRights() {
        List<Row> rows = page.of("rejects replay");
        return Stream.of(
                        // As long as nobody has replayed anything, the topic of receipts is to be made.
                        tests("rejects replay", rows, "--all").limit(1),
                        Stream.of(dynamicTest("somebody replays", LeastPrivilegeIT::writeReceipt)),
                        tests("rejects replay", rows, "--all").skip(1))
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

    @Order(5)
    @TestFactory
    Stream<DynamicTest> shouldTrainWithItsRights() {
        List<Row> rows = page.of("train");
        List<Row> asking =
                rows.stream().filter(row -> row.isOnlyFor("--request")).toList();
        List<Row> training = rows.stream().filter(row -> !asking.contains(row)).toList();
        return Stream.concat(
                tests("train", training, "--data", data(), "--epochs", "1", "--batch-size", "32", "--force"),
                tests("train", asking, "--request"));
    }

    @Order(6)
    @TestFactory
    Stream<DynamicTest> shouldTrainAgainAndAgainWithItsRights() {
        List<Row> rows = page.of("trainer");
        return Stream.concat(
                rows.stream()
                        .map(row -> dynamicTest("trainer without " + row.right(), () -> {
                            try (RunningVerb verb = startTrainer(without(rows, row))) {
                                verb.awaitEndOr(() -> verb.said().contains(sign(row)));
                                assertThat(verb.said()).contains(sign(row));
                            }
                        })),
                Stream.of(dynamicTest("trainer with its rights", () -> {
                    try (RunningVerb verb = startTrainer(all(rows))) {
                        // Somebody has asked for a training before.
                        verb.awaitEndOr(() -> verb.said().split("Waiting for requests", -1).length > 2);
                        assertThat(verb.stop()).as(verb.said()).isZero();
                        assertThat(verb.said()).contains("Retired old versions").doesNotContain("authoriz");
                    }
                })));
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

    private static String sign(Row row) {
        return switch (row.without()) {
            case "tries again" -> "Kafka does not do what is needed; trying again";
            case "says that it retires none" -> "Old versions were not retired";
            default -> row.named();
        };
    }
}
